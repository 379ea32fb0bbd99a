/**
 * Shows another release of the element in its own document, because a tag can be registered only once per
 * document.
 */
import { byId } from '../dom.js';
import { applyLook } from '../look.js';
import { notice } from '../notice.js';
import { Run } from '../sandbox.js';
import { scenarioOf } from '../scenarios/scenarios.js';
import { Settings } from '../settings.js';
import { attributesOf, createElement, enter } from '../stage.js';
import { showVersion } from '../version.js';

const settings = Settings.current;
const { build } = settings;
applyLook(settings);
if (build) {
  const file = await (await fetch(build)).arrayBuffer();
  await import(/* @vite-ignore */ build);
  await showVersion(file);
  await show();
} else {
  notice('build must be a script below /dist/ of this page.');
}
document.body.dataset.ready = '';

async function show(): Promise<void> {
  const scenario = scenarioOf(settings.scenario);
  const run = await Run.open(settings.run);
  const session = await enter(run, settings.choice('account'));
  if (!session) return notice('You are signed out of the platform.');
  const mode = settings.choice('mode', scenario.mode);
  const element = createElement(session, run, mode, attributesOf(session, run, mode, scenario, settings));
  element.addEventListener('chekt-authorize', (event) => {
    // CHeKT's sign-in does not load in a frame, and the person should return to the whole page
    event.preventDefault();
    const { reason } = event.detail;
    const back = parent.location.href;
    parent.location.assign(`${element.authorizeUrl}?${new URLSearchParams({ reason, return_to: back })}`);
  });
  byId('stage').replaceChildren(element);
}
