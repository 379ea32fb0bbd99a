import type { ChektConnectElement } from '../../src/index.js';
import { notice } from './notice.js';
import type { Run } from './sandbox.js';
import { dana, mira, type Scenario } from './scenarios/scenario.js';

/** What a page around the element can do, where a scenario is about that. */
export function behave(
  page: Scenario['page'],
  element: ChektConnectElement,
  run: Run,
  account: string,
): void {
  switch (page) {
    case 'refuses':
      element.addEventListener('chekt-before-connect', (event) => {
        event.preventDefault();
        notice('Northwind Cloud connects nobody today. (The page has called preventDefault.)');
      });
      break;

    case 'asks-first':
      element.addEventListener('chekt-before-connect', (event) => {
        const answer = Promise.withResolvers<void>();
        notice('Northwind Cloud waits for your approval. (The page has called waitUntil.)', {
          label: 'Approve',
          do: () => {
            notice('Approved.');
            answer.resolve();
          },
        });
        event.waitUntil(answer.promise);
      });
      break;

    case 'is-offline':
      void element.ready.then(claimToBeOffline);
      break;

    case 'service-down': {
      const reach = element.fetch;
      element.fetch = () => Promise.reject(new TypeError('The service is down.'));
      notice('The service of Northwind Cloud is down.', {
        label: 'Start it',
        do: () => {
          element.fetch = reach;
          notice('The service of Northwind Cloud is up again.');
        },
      });
      break;
    }

    case 'disconnected-meanwhile':
      void element.ready.then(() => run.disconnectAtChekt(account));
      break;

    case 'another-person':
      notice('The sign-in with CHeKT is one for all tabs of this browser.', {
        label: 'Sign in as Mira Lindqvist in another tab',
        do: async () => {
          await run.signInElsewhere(mira);
          notice('In another tab, Mira Lindqvist has signed in with CHeKT. This page has not been told.');
        },
      });
      break;

    case 'another-account':
      switchAccount(run, account);
      break;

    case 'token-in-attribute':
      void element.ready.then(() => element.setAttribute('access-token', 'a-token-for-everybody'));
      break;

    case 'loses-session':
      void element.ready.then(async () => {
        await run.signOutOfPlatform();
        element.reset();
      });
      break;
  }
}

/** As a person does who has two accounts on the platform: there in another tab, and back. */
function switchAccount(run: Run, own: string): void {
  notice(`Northwind Cloud is signed in to the account ${own}, in all tabs of this browser.`, {
    label: 'Switch to adc-11111 in another tab',
    do: async () => {
      await run.signInToPlatform('adc-11111');
      notice('In another tab, the account is now adc-11111. This page has not been told.', {
        label: `Switch back to ${own}`,
        do: async () => {
          await run.signInToPlatform(own);
          await run.signInElsewhere(dana);
          notice(`The account is ${own} again.`);
        },
      });
    },
  });
}

/** As some browsers do behind a VPN: the flag says offline, and the network is there. */
function claimToBeOffline(): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
  dispatchEvent(new Event('offline'));
  notice('This browser claims to be offline (navigator.onLine is false), and it is not.');
}
