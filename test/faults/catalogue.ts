import { resetClock } from '../support/clock.js';
import { createWire } from '../wire/wire.js';
import {
  checkClean,
  checkNothingLost,
  checkOneEnding,
  checkPoliteness,
  checkSecrets,
  checkTruth,
} from './guarantees.js';
import type { Row } from './row.js';
import { setScene, type Scene } from './scene.js';

declare const __ALL_FAULTS__: boolean;

/**
 * The families in which rows are read by our own code after the engine has done its part. Of these, Firefox and WebKit try a
 * third each, and not the same one, except in `npm run soak:faults`.
 */
const OF_OUR_CODE = [
  'another person after an unknown outcome',
  'echoes of the token',
  'embed',
  'error shapes',
  'getAccessToken',
  'listeners',
  'source changes',
];
const { userAgent } = navigator;
const engine = userAgent.includes('Chrome/')
  ? 'chromium'
  : userAgent.includes('Firefox/')
    ? 'firefox'
    : 'webkit';

/** Runs the rows of a family that this engine tries. The table at the end of a run is made from the titles. */
export function catalogue(family: string, rows: readonly Row[]): void {
  const isWhole = __ALL_FAULTS__ || engine === 'chromium' || !OF_OUR_CODE.includes(family);
  const third = engine === 'firefox' ? 0 : 1;
  describe(`Faults: ${family}`, () => {
    before(warmUp);
    for (const row of rows.filter((_, index) => isWhole || index % 3 === third))
      it(`${row.name} → ${endingOf(row)}`, function () {
        if (row.speed === 1) this.timeout(20_000);
        return tryRow(row);
      });
  });
}

/** The first requests of a page are slow on a busy machine and could be mistaken for a stall. */
async function warmUp(): Promise<void> {
  const wire = await createWire([{ status: 204 }]);
  for (const url of [wire.baseUrl, wire.sameOriginBaseUrl])
    await fetch(url, { method: 'PUT', headers: { 'Idempotency-Key': 'none' } });
  await wire.close();
}

/** Describes the expected ending for the table. */
function endingOf({ ends, requests }: Row): string {
  const event = ends.event === 'none' ? ends.state : ends.event.replace('chekt-', '');
  const what = event === 'error' ? `${[ends.code].flat().join(' or ')}, ${ends.outcome}` : event;
  const count = requests === undefined ? '' : ` (${[requests].flat().join('–')})`;
  return what + count;
}

async function tryRow(row: Row): Promise<void> {
  const scene = await setScene(row);
  try {
    const typed = await perform(scene);
    const { ends } = row;
    const count = row.endings ?? 1;
    if (ends.event !== 'none')
      await scene.until(
        `${count} × an end, the last one ${ends.event}`,
        () => scene.endings().length >= count,
      );
    await scene.until(`the state ${ends.state}`, () => scene.element.state === ends.state);
    await scene.element.updateComplete;
    const requests = await (row.leavesOpen ? scene.wire.requests() : scene.wire.waitForEnd());
    const puts = requests.filter(({ method }) => method === 'PUT');
    checkTruth(scene, puts);
    checkOneEnding(scene);
    checkPoliteness(scene, puts);
    checkSecrets(scene, requests);
    await row.also?.(scene);
    await checkNothingLost(scene, typed);
    await checkClean(scene);
  } finally {
    scene.witness.stop();
    resetClock();
    await scene.wire.close();
  }
}

/** Acts as the row says, or as a person usually does. @returns what was typed */
async function perform(scene: Scene): Promise<string | undefined> {
  const { row, element } = scene;
  if (row.act) {
    await row.act(scene);
    return row.typed;
  }
  await element.ready;
  if (row.operation === 'disconnect') {
    await scene.press('disconnect-button');
    await scene.press('disconnect-button');
    return undefined;
  }
  if (element.state !== 'authorized') return undefined;
  const typed = row.typed ?? '  Acme Security ';
  await scene.type(typed);
  await scene.press('connect-button');
  return typed;
}
