import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { built, languages, manifest } from '../../package/built.js';
import { scriptFile } from '../build.js';
import type { Measurement } from '../figure.js';

const brotli = (text: string) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } })
    .length;

/** The budget that `npm run size` checks, in bytes. */
function budgetOf(file: string): number {
  const budget = manifest['size-limit'].find(({ path }) => path === `dist/${file}`);
  if (!budget) throw new Error(`size-limit in package.json has no budget for dist/${file}.`);
  return parseInt(budget.limit);
}

export const size: Measurement = {
  figures: {
    file: { title: 'script-tag file, brotli 11', unit: 'B', of: 'value', must: budgetOf('chekt-connect.js') },
  },
  floor: 'Lit, zod/mini and a bare form',
  steady: true,
  measure: async (_, side) => ({
    file: brotli(
      side === 'widget' ? built('chekt-connect.js') : readFileSync(scriptFile('bare-form'), 'utf8'),
    ),
  }),
};

export const languageSizes: Measurement = {
  figures: Object.fromEntries(
    languages.map((name) => [
      name,
      {
        title: `language ${name}, brotli 11`,
        unit: 'B',
        of: 'value',
        must: budgetOf(`lang/${name}.js`),
      },
    ]),
  ),
  steady: true,
  measure: async () => Object.fromEntries(languages.map((name) => [name, brotli(built(`lang/${name}.js`))])),
};
