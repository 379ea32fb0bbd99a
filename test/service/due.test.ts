import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it, mock } from 'node:test';
import { createChektService } from '../../src/service/index.js';
import { memoryStore } from '../../src/service/store/memory.js';
import { pause } from '../../src/service/wait.js';
import { modelOptions } from './schedules/platform.js';

describe('start()', () => {
  it('runs again and again without a listener more each time', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const warned: string[] = [];
    const hear = ({ name }: Error) => void warned.push(name);
    process.on('warning', hear);
    let runs = 0;
    const kept = memoryStore();
    const sweep: typeof kept.sweep = (request) => {
      runs += 1;
      return kept.sweep(request);
    };
    const chekt = createChektService(modelOptions({ ...kept, sweep }));
    await chekt.start();
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    while (runs < 15) {
      mock.timers.tick(15_000);
      await turn();
    }
    await chekt.stop();
    await turn();
    process.off('warning', hear);
    mock.timers.reset();
    assert.deepEqual(
      warned.filter((name) => name === 'MaxListenersExceededWarning'),
      [],
    );
  });
});

describe('a pause with a signal', () => {
  it('leaves no listener behind, however it ends', async () => {
    const stop = new AbortController();
    await pause(1, stop.signal);
    assert.equal(getEventListeners(stop.signal, 'abort').length, 0);
    const long = pause(60_000, stop.signal);
    stop.abort();
    await long;
    assert.equal(getEventListeners(stop.signal, 'abort').length, 0);
    await pause(60_000, stop.signal);
  });
});
