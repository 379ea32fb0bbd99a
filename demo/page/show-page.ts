import type { ChektConnectElement } from '../../src/index.js';
import { showAudit } from './audit.js';
import { Checklist } from './checklist.js';
import { showControls } from './controls.js';
import { byId } from './dom.js';
import { logEvents } from './event-log.js';
import { applyLook } from './look.js';
import { copyOnClick, notice } from './notice.js';
import { showOtherBuild } from './other-build/other-build.js';
import { behave } from './page-behavior.js';
import { showReach } from './reach.js';
import { report } from './report.js';
import { logRequests } from './request-log.js';
import { Run } from './sandbox.js';
import { showScenario } from './scenario-list.js';
import { scenarioOf } from './scenarios/scenarios.js';
import { Settings } from './settings.js';
import { showSwitches } from './switch-controls.js';
import { attributesOf, createElement, enter } from './stage.js';
import { Timeline } from './timeline.js';

/** Shows the page for one run, and starts a new run if the URL names none. */
export async function showPage(): Promise<void> {
  const asked = Settings.current;
  const scenario = scenarioOf(asked.scenario);
  applyLook(asked);
  showScenario(scenario);
  const id = asked.run || crypto.randomUUID().slice(0, 8);
  const run = await Run.open(id);
  const begin = () => {
    sessionStorage.clear();
    return run.begin(scenario, asked.choice('account'));
  };
  if (!asked.run) {
    await begin();
    asked.with({ run: id }).keep();
  }

  const checklist = new Checklist(scenario, id);
  const timeline = new Timeline(scenario.filter ?? { text: '', side: 'both' });
  const refresh = () => void Promise.all([showReach(run.base), showAudit(run)]);
  logRequests(run, timeline, refresh);
  refresh();

  let element: ChektConnectElement | undefined;
  const session = await enter(run, asked.choice('account'));
  if (session) {
    const mode = asked.choice('mode', scenario.mode);
    const attributes = attributesOf(session, run, mode, scenario, asked);
    element = createElement(session, run, mode, attributes);
    logEvents(element, timeline);
    behave(scenario.page, element, run, session.externalDealerId);
    byId('stage').replaceChildren(element);
    showControls(element, mode, scenario.attributes !== undefined);
    showOtherBuild();
  } else {
    notice('You are signed out of Northwind Cloud.', {
      label: 'Sign in to Northwind Cloud',
      do: async () => {
        await run.signInToPlatform(asked.choice('account'));
        location.assign(Settings.current.with({ scenario: null }).href);
      },
    });
  }

  await showSwitches(run);
  byId('ask-reach').addEventListener('click', refresh);
  byId('reset').addEventListener('click', () => void begin().then(() => location.reload()));
  copyOnClick(
    byId('copy-link'),
    () => new URL(Settings.current.with({ run: null }).href, location.href).href,
  );
  copyOnClick(byId('copy-report'), () => report({ scenario, checklist, element, timeline }));
}
