import { dealer } from '../faults/row.js';

/** A seeded random number generator for [0, 1) (mulberry32). */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

const names = [
  ...Object.keys(dealer),
  'dealerId',
  'externalDealerId',
  'companyName',
  'connected_by',
  'connectedAt',
  'error',
  'code',
  'request_id',
  'field',
  'message',
  'access_token',
  'expires_in',
  'scope',
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
];

const scalars: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  1.5,
  12345,
  2 ** 53 - 1,
  2 ** 53,
  1e21,
  -1e308,
  '',
  ' ',
  '0',
  '1',
  '12345',
  '00012345',
  ' 12345',
  '12345\n',
  '-5',
  '1e3',
  '0x10',
  '９',
  '9007199254740992',
  'adc-67890',
  'ADC-67890',
  'Acme Security Systems, Inc.',
  '\u0000',
  '\u202e\u2066',
  '\ud800',
  'a'.repeat(70),
  '<b>x</b>',
  '__proto__',
  'idempotency_conflict',
  'permission denied',
];

/** Any JSON value. */
export function randomValue(random: Random, depth = 3): unknown {
  const kind = random();
  if (depth === 0 || kind < 0.55) return pick(random, scalars);
  const length = Math.floor(random() * 4);
  if (kind < 0.65) return Array.from({ length }, () => randomValue(random, depth - 1));
  const entries = Array.from(
    { length },
    () => [pick(random, names), randomValue(random, depth - 1)] as const,
  );
  return Object.fromEntries(entries);
}

/** A dealer with some fields changed. */
function almostDealer(random: Random): unknown {
  const body: Record<string, unknown> = { ...dealer };
  for (const name of Object.keys(dealer)) {
    const chance = random();
    if (chance < 0.12) body[name] = randomValue(random, 1);
    else if (chance < 0.17) delete body[name];
  }
  if (random() < 0.2) body[pick(random, names)] = randomValue(random, 2);
  return body;
}

/** The JSON of a dealer, damaged as on a broken connection. */
function damaged(random: Random): string {
  let text = JSON.stringify(dealer);
  for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1) {
    const at = Math.floor(random() * text.length);
    const length = Math.floor(random() * 12);
    const kind = random();
    if (kind < 0.3) text = text.slice(0, at) + text.slice(at + length);
    else if (kind < 0.6)
      text = text.slice(0, at) + pick(random, [...'"\\{}[]:,0-e \u0000é']) + text.slice(at + 1);
    else if (kind < 0.8) text = text.slice(0, at) + text.slice(at, at + length) + text.slice(at);
    else text = text.slice(0, at);
  }
  return text;
}

/** One body, mostly valid JSON and mostly close to a dealer. */
export function randomBody(random: Random): string {
  const kind = random();
  if (kind < 0.4) return JSON.stringify(almostDealer(random));
  if (kind < 0.7) return damaged(random);
  if (kind < 0.95) return JSON.stringify(randomValue(random));
  return Array.from({ length: Math.floor(random() * 60) }, () => String.fromCharCode(random() * 0x3000)).join(
    '',
  );
}

/**
 * An independent check of an answer to connect, written from the API's documentation without a schema
 * library.
 */
export function isDealer(
  body: unknown,
): body is Record<'dealer_id' | 'external_dealer_id' | 'company_name', string> {
  if (typeof body !== 'object' || body === null) return false;
  const own = (name: string) =>
    Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined;
  const id = own('dealer_id');
  const number = typeof id === 'string' && /^[0-9]+$/.test(id) ? Number(id) : id;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number <= 0) return false;
  if (typeof own('external_dealer_id') !== 'string') return false;
  const name = own('company_name');
  // it has a visible character
  return typeof name === 'string' && /[^\s\u2800\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]/u.test(name);
}
