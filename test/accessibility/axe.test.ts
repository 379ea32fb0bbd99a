import { expectAccessible } from './axe.js';
import { stateNames, arrive, type StateName, type Surroundings } from './states.js';

const samples: readonly StateName[] = [
  'not signed in',
  'no name',
  'no rights',
  'connected just now',
  'confirming',
];

/**
 * What axe reads differs little between engines: it reads all states in Chromium and a sample in Firefox and WebKit,
 * where the tests of controls and of looks still go through all of them.
 */
const most = navigator.userAgent.includes('Chrome/') ? stateNames : samples;

const surroundings: Readonly<Record<string, { where: Surroundings; names: readonly StateName[] }>> = {
  'in light': { where: { scheme: 'light' }, names: most },
  'in dark': { where: { scheme: 'dark' }, names: most },
  'from right to left': { where: { dir: 'rtl', width: 480 }, names: most },
  'at 240 pixels': { where: { width: 240 }, names: samples },
};

for (const [title, { where, names }] of Object.entries(surroundings)) {
  describe(`${title}, axe finds no violation`, () => {
    for (const name of names) {
      it(`in the state ${name}`, async () => expectAccessible(await arrive(name, where)));
    }
  });
}

describe('with the text at 200 %, axe finds no violation', () => {
  before(() => (document.documentElement.style.fontSize = '200%'));
  after(() => document.documentElement.removeAttribute('style'));
  for (const name of most) {
    it(`in the state ${name}`, async () => expectAccessible(await arrive(name, { width: 640 })));
  }
});
