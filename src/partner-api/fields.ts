import { $ZodObject, $ZodTransform, type $ZodShape, type output } from 'zod/v4/core';
import { normalizeText } from './text.js';

/**
 * The wire is read tolerantly, because the Partner API is a draft (version 0.8): unknown fields are dropped, and an optional
 * field of the wrong type counts as absent. Only the fields that the element cannot do without are required. Two kinds of
 * schema are enough, taken from zod's core: `zod/mini` adds methods to every schema, which cost 0.6 kB.
 */
type Read<T> = (value: unknown) => T | undefined;

/** A field that may be absent or unreadable. */
export const optional = <T>(read: Read<T>) =>
  new $ZodTransform({ type: 'transform', transform: read }) as $ZodTransform<T | undefined>;

/** A field without which the whole object is invalid. */
export const required = <T>(read: Read<T>) => {
  const transform: $ZodTransform['_zod']['def']['transform'] = (input, { issues }) => {
    const value = read(input);
    if (value === undefined) issues.push({ code: 'custom', input });
    return value;
  };
  return new $ZodTransform({ type: 'transform', transform }) as $ZodTransform<T>;
};

export const object = <S extends $ZodShape>(shape: S) =>
  new $ZodObject({ type: 'object', shape }) as $ZodObject<S>;

/**
 * Parses with a schema, through the interface of Standard Schema: zod's own `safeParse` makes an error, which costs 0.3 kB.
 * @returns undefined if a required field is missing or a getter of the value throws
 */
export function parse<S extends $ZodObject>(schema: S, value: unknown): output<S> | undefined {
  const result = schema['~standard'].validate(value);
  // a getter of a host's object has thrown, and zod has tried again, asynchronously
  if ('then' in result) result.catch(() => {});
  return 'value' in result ? (result.value as output<S>) : undefined;
}

export const string: Read<string> = (value) => (typeof value === 'string' ? value : undefined);

/** A text for people to read, normalized and not empty. */
export const text: Read<string> = (value) => normalizeText(string(value) ?? '') || undefined;

/** An identifier made by a machine, such as a request id or an error code. */
export const identifier: Read<string> = (value) => string(value)?.match(/^[\w.:-]{1,64}$/)?.[0];

/** A number, or a string that spells one. */
export const number: Read<number> = (value) => {
  const result = typeof value === 'number' || string(value)?.trim() ? Number(value) : NaN;
  return Number.isFinite(result) ? result : undefined;
};

/** A dealer id: a number in CHeKT's examples, a numeric string elsewhere in its documentation. */
export const dealerId: Read<number> = (value) => {
  const id = typeof value === 'string' && !/^\d+$/.test(value) ? undefined : number(value);
  return Number.isSafeInteger(id) && id! > 0 ? id : undefined;
};
