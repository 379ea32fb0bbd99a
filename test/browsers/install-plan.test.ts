import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { enginesWithout, missingPrograms, planInstall, type Situation } from './install-plan.js';
import { installWithApt } from './install.js';

const all = ['chromium', 'firefox', 'webkitDriver', 'miniBrowser', 'xvfb'] as const;

function plan(situation: Partial<Situation>) {
  return planInstall({
    system: 'linux',
    distribution: 'debian',
    root: true,
    missing: all,
    ...situation,
  });
}

function sentence(situation: Partial<Situation>): string {
  const { kind, ...rest } = plan(situation);
  assert.equal(kind, 'explain');
  return 'sentence' in rest ? rest.sentence : '';
}

describe('the plan for missing browsers', () => {
  it('does nothing when nothing is missing', () => {
    for (const system of ['linux', 'darwin', 'win32']) {
      assert.deepEqual(plan({ system, missing: [] }), { kind: 'nothing' });
    }
  });

  it('installs on Debian as root, and only what is missing', () => {
    const packages = ['chromium', 'firefox-esr', 'webkit2gtk-driver', 'xvfb'];
    const optional = ['chromium-headless-shell'];
    assert.deepEqual(plan({}), { kind: 'apt', packages, optional });
    assert.deepEqual(plan({ missing: ['xvfb'] }), { kind: 'apt', packages: ['xvfb'], optional: [] });
    const webkit = plan({ missing: ['miniBrowser', 'webkitDriver'] });
    assert.deepEqual(webkit, { kind: 'apt', packages: ['webkit2gtk-driver'], optional: [] });
  });

  it('says the command to run on Debian without root', () => {
    assert.equal(
      sentence({ root: false, missing: ['firefox', 'xvfb'] }),
      'Missing for the tests: firefox, webkit. Install with: sudo apt-get update && ' +
        'sudo apt-get install -y --no-install-recommends firefox-esr xvfb',
    );
  });

  it('says the commands to run on Ubuntu, even as root, because apt has no packages of the browsers there', () => {
    const said = sentence({ distribution: 'ubuntu' });
    assert.match(
      said,
      /sudo snap install chromium firefox && sudo apt-get install .* webkit2gtk-driver xvfb$/,
    );
    assert.doesNotMatch(sentence({ distribution: 'ubuntu', missing: ['xvfb'] }), /snap/);
  });

  it('says on macOS how to install Chromium and Firefox, and how to test without WebKitGTK', () => {
    const said = sentence({ system: 'darwin', root: false });
    assert.match(said, /brew install --cask google-chrome firefox/);
    assert.match(said, /ENGINE=chromium,firefox npm test/);
    assert.doesNotMatch(sentence({ system: 'darwin', missing: ['firefox'] }), /WebKitGTK/);
  });

  it('names what is needed on any other system', () => {
    assert.match(sentence({ distribution: 'arch' }), /Chromium, Firefox, WebKitGTK .* and Xvfb/);
    assert.match(sentence({ system: 'win32' }), /Debian container/);
  });

  it('looks only at what the chosen engines need', () => {
    const found = {
      chromium: '/usr/bin/chromium',
      chromiumShell: undefined,
      firefox: undefined,
      webkitDriver: undefined,
      miniBrowser: '/mini',
      xvfb: '/x',
    };
    assert.deepEqual(missingPrograms(found, ['chromium']), []);
    assert.deepEqual(missingPrograms(found, ['chromium', 'webkit']), ['webkitDriver']);
    assert.deepEqual(enginesWithout(['xvfb']), ['webkit']);
  });
});

describe('installing with apt-get', () => {
  /** Installs with commands that end in these outcomes, and returns the commands that were run. */
  async function commands(...outcomes: { ok: boolean; output: string }[]) {
    const seen: string[] = [];
    const result = await installWithApt(['xvfb'], async (program, args) => {
      seen.push([program, args[0]].join(' '));
      return outcomes.shift() ?? { ok: false, output: 'No outcome was left.' };
    });
    return { seen, ok: result.ok };
  }
  const good = { ok: true, output: '' };

  it('updates the lists first', async () => {
    assert.deepEqual(await commands(good, good), { seen: ['apt-get update', 'apt-get install'], ok: true });
  });

  it('tries once more after a network error', async () => {
    const bad = { ok: false, output: 'E: Failed to fetch … Could not connect to the server' };
    const again = await commands(bad, good, good);
    assert.deepEqual(again, { seen: ['apt-get update', 'apt-get update', 'apt-get install'], ok: true });
    assert.equal((await commands(good, bad, good, bad, good, good)).seen.length, 4);
  });

  it('does not try again after any other error', async () => {
    const bad = { ok: false, output: 'E: Unable to locate package xvfb' };
    assert.deepEqual(await commands(good, bad), { seen: ['apt-get update', 'apt-get install'], ok: false });
  });
});
