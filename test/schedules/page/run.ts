import {
  isServerStep,
  type PageData,
  type PageStep,
  type Schedule,
  type TabIndex,
  type WorldOptions,
} from '../schedule.js';
import { accountOf, embedOf, sourceOf } from './embed.js';
import { judge } from './judge.js';
import { Model } from './model.js';
import { Tab } from './tab.js';
import { turns, VirtualTime } from './virtual-time.js';

/** Limits one wait: no operation has as many pauses, timers and requests. */
const MOST_ROUNDS = 400;

interface Reached {
  schedules: number;
  bound: number;
  gone: number;
}

export interface Stage {
  readonly tabs: readonly [Tab, Tab];
  readonly time: VirtualTime;
  /** How many answers both tabs have read, at least. */
  answersRead: number;
  /** The schedule that is being played, or the last one. */
  last: Promise<unknown>;
  /** What the schedules have reached in each mode: an element that does nothing would violate nothing. */
  readonly reached: Record<WorldOptions['mode'], Reached>;
}

/**
 * Plays one schedule, once the one before has ended: fast-check abandons one when its time for shrinking is up.
 * @returns what it violates, in words
 */
export function run(stage: Stage, schedule: Schedule): Promise<string[]> {
  const played = stage.last.then(() => playAll(stage, schedule));
  stage.last = played.catch(() => {});
  return played;
}

async function playAll(stage: Stage, { world, steps }: Schedule): Promise<string[]> {
  const { tabs, time } = stage;
  time.clear();
  for (const tab of tabs) tab.clear();
  const model = await Model.create(world);
  const host = (index: TabIndex) => {
    const fetch = tabs[index].requests.fetchFor(() => undefined);
    return { model, options: world, tab: index, fetch };
  };
  const load = (index: TabIndex, page: PageData) => tabs[index].load(embedOf(host(index), page));
  load(0, model.firstPage);
  load(1, model.firstPage);
  await untilStill(stage);
  for (const step of steps) {
    if (isServerStep(step)) {
      model.tell(step);
      continue;
    }
    if (!model.isSettled) await model.settle();
    await play(step);
    await untilStill(stage);
  }
  await model.settle();
  for (const tab of tabs) tab.release();
  await untilStill(stage);
  const left = tabs.flatMap((tab, index) => (tab.isBusy ? `tab ${index} stays ${tab.element.state}` : []));
  const outcome = await model.end();
  const reached = stage.reached[world.mode];
  reached.schedules += 1;
  for (const { kind } of outcome.effects) reached[kind] += 1;
  return [...left, ...judge(tabs, outcome)];

  async function play(step: PageStep): Promise<void> {
    switch (step.do) {
      case 'wait':
        return time.advance(step.seconds * 1000, () => turns(1));
      case 'release':
        return tabs.forEach((tab) => tab.release());
      case 'refuse':
        return tabs.forEach((tab) => tab.refuse());
      case 'reload':
        return load(step.tab, await model.settle());
    }
    const tab = tabs[step.tab];
    switch (step.do) {
      case 'press':
        return tab.press(step.button);
      case 'type':
        return tab.type(step.name);
      case 'show':
        return tab.show(step.by);
      case 'hold':
        return tab.hold(step.hold);
      case 'hold attempt':
        return tab.holdAttempt();
      case 'reset':
        return tab.element.reset();
      case 'source':
        if (world.mode !== 'service-url') Object.assign(tab.element, sourceOf(host(step.tab), step.source));
        return;
      case 'account':
        // an attempt of the previous account could end while one of the new account runs
        if (world.mode === 'service-url' || tab.isRunning) return;
        Object.assign(tab.element, accountOf(world, step.account));
    }
  }
}

/** Resolves once nothing goes on except what the schedule holds. Pauses are skipped, never waited for. */
async function untilStill(stage: Stage): Promise<void> {
  const { tabs, time } = stage;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await turns(6);
    const open = tabs.flatMap(({ requests }) => requests.open);
    if (open.length > 0) await Promise.race(open);
    const answers = tabs[0].requests.answers + tabs[1].requests.answers;
    if (answers !== stage.answersRead) await answersRead();
    else if (!tabs.some(({ isRendering }) => isRendering)) {
      if (!tabs.some((tab) => tab.isBusy && !tab.isHeld) || !time.next()) return;
    }
    stage.answersRead = answers;
  }
}

/** Reads a response of its own as the element does: by then, the element has read the answers it was given and reacted. */
async function answersRead(): Promise<void> {
  for (let times = 0; times < 2; times += 1) {
    const answer = new Response('{}');
    await answer.clone().arrayBuffer();
    await answer.body?.getReader().read();
  }
}

export async function openStage(): Promise<Stage> {
  const time = new VirtualTime();
  const tabs = [await Tab.open(time), await Tab.open(time)] as const;
  const reached = () => ({ schedules: 0, bound: 0, gone: 0 });
  return {
    time,
    tabs,
    answersRead: 0,
    last: Promise.resolve(),
    reached: { browser: reached(), service: reached(), 'service-url': reached() },
  };
}
