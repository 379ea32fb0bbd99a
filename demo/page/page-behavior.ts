import type { ChektConnectElement } from '../../src/index.js';
import { notice } from './notice.js';
import type { Run } from './sandbox.js';
import type { Scenario } from './scenarios/scenario.js';

/** What a page around the element can do, where a scenario is about that. */
export function behave(page: Scenario['page'], element: ChektConnectElement, run: Run): void {
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
      void element.ready.then(() => goOffline());
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
      void element.ready.then(() => run.disconnectAtChekt(element.externalDealerId));
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

/** Makes this page believe that the network is gone; a real loss looks the same to the element. */
function goOffline(): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
  dispatchEvent(new Event('offline'));
  notice('This page believes to be offline.', {
    label: 'Go online',
    do: () => {
      Reflect.deleteProperty(navigator, 'onLine');
      dispatchEvent(new Event('online'));
      notice('Online again.');
    },
  });
}
