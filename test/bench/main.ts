/**
 * `npm run bench`: measures the built file in a real browser against floors of our own. The two take turns, in several rounds. The
 * ratios are valid on a busy machine too, because both sides of a round share its load; the milliseconds are not.
 */
import { writeFileSync } from 'node:fs';
import { cpus, platform } from 'node:os';
import { parseArgs } from 'node:util';
import { manifest, root } from '../package/built.js';
import { startBench } from './bench.js';
import { assertFreshBuild, buildPageScripts } from './build.js';
import type { Measurement } from './figure.js';
import { browserClick, serviceClick } from './measure/click.js';
import { mount, removal } from './measure/mount.js';
import { requests } from './measure/requests.js';
import { shift } from './measure/shift.js';
import { languageSizes, size } from './measure/size.js';
import { cardStart, fullSpeedStart, slowStart } from './measure/start.js';
import { rowsOf, tableOf } from './result.js';

const measurements: Readonly<Record<string, Measurement>> = {
  size,
  languages: languageSizes,
  requests,
  'slow-start': slowStart,
  'full-speed-start': fullSpeedStart,
  'card-start': cardStart,
  mount,
  removal,
  'browser-click': browserClick,
  'service-click': serviceClick,
  shift,
};

const { values: options, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '9' } },
  allowPositionals: true,
});
const chosen = Object.entries(measurements).filter(
  ([name]) => !positionals.length || positionals.some((part) => name.includes(part)),
);
if (!chosen.length)
  throw new Error(`Choose from ${Object.keys(measurements).join(', ')}; --rounds <number> sets the rounds.`);

assertFreshBuild();
await buildPageScripts();
const bench = await startBench();
const measured = chosen.map(([, measurement]) => ({
  measurement,
  rounds: { widget: [], floor: [] } as Record<'widget' | 'floor', Readonly<Record<string, number>>[]>,
}));
try {
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const { measurement, rounds } of measured) {
      if (round > 0 && measurement.steady) continue;
      // the sides take turns in going first
      for (const side of round % 2 ? (['floor', 'widget'] as const) : (['widget', 'floor'] as const)) {
        if (side === 'widget' || measurement.floor) rounds[side].push(await measurement.measure(bench, side));
      }
    }
    process.stderr.write(`round ${round + 1} of ${options.rounds}\n`);
  }
} finally {
  await bench.close();
}

const rows = measured.flatMap(({ measurement, rounds }) => rowsOf(measurement, rounds));
const [{ model = '' } = {}] = cpus();
const machine = `${cpus().length} cores (${model.trim()}), ${platform()}, Chromium ${bench.version}`;
console.log(`chekt-connect ${manifest.version}, ${options.rounds} rounds, ${machine}\n\n${tableOf(rows)}`);
const file = '.cache/bench/result.json';
writeFileSync(`${root}${file}`, `${JSON.stringify({ version: manifest.version, machine, rows }, null, 2)}\n`);
console.log(`\nThe values of each round are in ${file}.`);
