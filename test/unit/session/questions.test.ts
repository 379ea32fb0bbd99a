import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Questions } from '../../../src/session/questions.js';
import type { Answer } from '../../../src/session/state.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';

const nobody: Answer = { type: 'signed-out' };

interface Asked {
  readonly signal: AbortSignal;
  readonly answer: (answer: Answer | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/** Questions that the test answers. */
class Source {
  readonly asked: Asked[] = [];
  readonly answers: Answer[] = [];
  isWanted = true;
  mayKeepOldest = false;
  readonly questions = new Questions({
    ask: (signal) => new Promise((answer, fail) => this.asked.push({ signal, answer, fail })),
    answered: (answer) => this.answers.push(answer),
    isWanted: () => this.isWanted,
    mayKeepOldest: () => this.mayKeepOldest,
  });

  get aborted(): boolean[] {
    return this.asked.map(({ signal }) => signal.aborted);
  }
}

describe('questions to the source', () => {
  let clock: NodeClock;
  let source: Source;
  let questions: Questions;
  beforeEach(() => {
    clock = nodeClock();
    source = new Source();
    questions = source.questions;
  });
  afterEach(() => clock.restore());

  /** Asks one question and answers it. */
  const askOnce = async () => {
    questions.resume();
    questions.ask();
    source.asked.at(-1)!.answer(nobody);
    await clock.idle();
  };

  describe('while the element is not on a page', () => {
    it('wait, and are asked once it is', () => {
      questions.ask();
      assert.equal(source.asked.length, 0);
      questions.resume();
      assert.equal(source.asked.length, 1);
    });

    it('are not triggered when the page is shown', async () => {
      questions.recheck();
      questions.resume();
      await clock.advance(10_000);
      assert.equal(source.asked.length, 0);
    });

    it('are aborted, and asked again when it is back', async () => {
      questions.resume();
      questions.ask();
      questions.suspend();
      assert.deepEqual(source.aborted, [true]);
      questions.resume();
      assert.deepEqual(source.aborted, [true, false]);
    });

    it('are not asked again if they were answered', async () => {
      await askOnce();
      questions.suspend();
      questions.resume();
      await clock.advance(10_000);
      assert.equal(source.asked.length, 1);
    });

    it('serve a trigger that was waiting for the end of the 5 s, once it is back', async () => {
      await askOnce();
      questions.recheck();
      questions.suspend();
      await clock.advance(1_000);
      questions.resume();
      await clock.advance(3_900);
      assert.equal(source.asked.length, 1);
      await clock.advance(100);
      assert.equal(source.asked.length, 2);
    });

    it('ask nothing while it is away', async () => {
      await askOnce();
      questions.recheck();
      questions.suspend();
      await clock.advance(10_000);
      assert.equal(source.asked.length, 1);
    });
  });

  describe('that no press has caused', () => {
    it('are asked at once if the last one was at least 5 s ago', async () => {
      await askOnce();
      await clock.advance(5_000);
      questions.recheck();
      assert.equal(source.asked.length, 2);
    });

    it('are otherwise asked at the end of the 5 s, once for any number of triggers', async () => {
      await askOnce();
      for (let trigger = 0; trigger < 3; trigger++) {
        questions.recheck();
        await clock.advance(1_000);
      }
      await clock.advance(1_900);
      assert.equal(source.asked.length, 1);
      await clock.advance(100);
      assert.equal(source.asked.length, 2);
      source.asked[1]!.answer(nobody);
      await clock.advance(10_000);
      assert.equal(source.asked.length, 2);
    });

    it('wait for an open question, so that there are never two at a time', async () => {
      questions.resume();
      questions.ask();
      await clock.advance(6_000);
      questions.recheck();
      await clock.advance(20_000);
      assert.equal(source.asked.length, 1);
      source.asked[0]!.answer(nobody);
      await clock.advance(5_000);
      assert.equal(source.asked.length, 2);
    });

    it('are not asked if the answer would have no effect, now or at the end of the 5 s', async () => {
      await askOnce();
      questions.recheck();
      source.isWanted = false;
      await clock.advance(6_000);
      questions.recheck();
      await clock.advance(6_000);
      assert.equal(source.asked.length, 1);
    });
  });

  describe('when the source is replaced', () => {
    it('are asked at once, even within the 5 s', async () => {
      await askOnce();
      questions.ask();
      assert.equal(source.asked.length, 2);
    });

    it('replace the question to the old source, whose answer has no effect', async () => {
      questions.resume();
      questions.ask();
      questions.ask();
      assert.deepEqual(source.aborted, [true, false]);
      source.asked[0]!.answer({ ...nobody });
      await clock.idle();
      assert.deepEqual(source.answers, []);
      source.asked[1]!.answer(nobody);
      await clock.idle();
      assert.deepEqual(source.answers, [nobody]);
    });

    it('keep the oldest one while nothing is displayed, in case the host never stops replacing its source', async () => {
      source.mayKeepOldest = true;
      questions.resume();
      for (let turn = 0; turn < 4; turn++) questions.ask();
      assert.deepEqual(source.aborted, [false, true, true, false]);
      source.asked[0]!.answer(nobody);
      await clock.idle();
      source.asked[3]!.answer(nobody);
      await clock.idle();
      assert.equal(source.answers.length, 2);
    });

    it('drop the oldest one when the newest one is answered first', async () => {
      source.mayKeepOldest = true;
      questions.resume();
      questions.ask();
      questions.ask();
      source.asked[1]!.answer(nobody);
      await clock.idle();
      assert.deepEqual(source.aborted, [true, false]);
      source.asked[0]!.answer(nobody);
      await clock.idle();
      assert.equal(source.answers.length, 1);
    });
  });

  describe('when the state changes', () => {
    it('are dropped when they are no longer wanted, and asked again once they are', () => {
      questions.resume();
      questions.ask();
      source.isWanted = false;
      questions.update();
      assert.deepEqual(source.aborted, [true]);
      source.isWanted = true;
      questions.update();
      assert.deepEqual(source.aborted, [true, false]);
    });

    it('stay open while they are wanted', () => {
      questions.resume();
      questions.ask();
      questions.update();
      assert.deepEqual(source.aborted, [false]);
    });

    it('are not asked again if none was open', () => {
      questions.resume();
      source.isWanted = false;
      questions.update();
      source.isWanted = true;
      questions.update();
      assert.equal(source.asked.length, 0);
    });
  });

  describe('that are open', () => {
    it('can be awaited: the newest one', async () => {
      assert.equal(questions.open, undefined);
      questions.resume();
      questions.ask();
      questions.ask();
      const open = questions.open;
      source.asked[1]!.answer(nobody);
      assert.equal(await open, nobody);
      assert.equal(questions.open, undefined);
    });

    for (const [how, end] of [
      ['are dropped', () => questions.abort()],
      ['have no answer that matters', () => source.asked[0]!.answer(undefined)],
    ] as const) {
      it(`give no answer to an attempt that waits for them if they ${how}, and are not displayed`, async () => {
        questions.resume();
        questions.ask();
        const open = questions.open!;
        end();
        source.asked[0]!.fail(new Error('aborted'));
        assert.equal(await open, undefined);
        assert.deepEqual(source.answers, []);
      });
    }

    it('report a bug as an unhandled rejection, and do not block the next question', async () => {
      const bug = new Error('A bug.');
      const reported: unknown[] = [];
      const listeners = process.listeners('unhandledRejection');
      process.removeAllListeners('unhandledRejection');
      process.once('unhandledRejection', (reason) => reported.push(reason));
      try {
        questions.resume();
        questions.ask();
        source.asked[0]!.fail(bug);
        await clock.idle();
      } finally {
        for (const listener of listeners) process.on('unhandledRejection', listener);
      }
      assert.deepEqual(reported, [bug]);
      assert.equal(questions.open, undefined);
    });
  });
});
