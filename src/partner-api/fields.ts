import * as z from 'zod/mini';
import { normalizeText } from './text.js';

/**
 * The wire is read tolerantly: unknown fields are dropped, and an optional field of the wrong type counts as absent,
 * because the Partner API is a draft (version 0.8). Only what the element stands on is required.
 */
type Read<T> = (value: unknown) => T | undefined;

/** A field that may be absent or unreadable. */
export const optional = <T>(read: Read<T>) => z.transform(read);

/** A field without which the object is none. */
export const required = <T>(read: Read<T>) =>
  z.transform((input, { issues }) => {
    const value = read(input);
    if (value === undefined) issues.push({ code: 'custom', input });
    return value as T;
  });

export const string: Read<string> = (value) => (typeof value === 'string' ? value : undefined);

/** A text that a person may read; never empty. */
export const text: Read<string> = (value) => normalizeText(string(value) ?? '') || undefined;

/** An identifier that a machine made, such as a request id or an error code. */
export const identifier: Read<string> = (value) => string(value)?.match(/^[\w.:-]{1,64}$/)?.[0];

/** A number, or a string that spells one. */
export const number: Read<number> = (value) => {
  const result = typeof value === 'number' || string(value)?.trim() ? Number(value) : NaN;
  return Number.isFinite(result) ? result : undefined;
};

/** A dealer id: a number in CHeKT's examples, a numeric string on other pages. */
export const dealerId: Read<number> = (value) => {
  const id = typeof value === 'string' && !/^\d+$/.test(value) ? undefined : number(value);
  return Number.isSafeInteger(id) && id! > 0 ? id : undefined;
};
