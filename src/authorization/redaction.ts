import { LONGEST_TOKEN } from './access-token.js';
import { normalizeText } from '../partner-api/text.js';

/** Characters: a shorter run of a token's characters may stand anywhere by chance. */
const SHORTEST_RUN = 12;
const MASK = '…';

/** White space, and what cannot be seen, does not count. */
const SEEN = /[^\s\p{Default_Ignorable_Code_Point}]/gu;

/** Lower case, only what can be seen: how a text is compared with a token. */
const folded = (text: string) => (text.match(SEEN) ?? []).join('').toLowerCase();

/**
 * Masks what a token is made of, in the final text, at the places where texts leave the element: view, events, errors,
 * console, diagnostics. Requests and comparisons use raw values.
 */
export class Redaction {
  /** Every run of twelve characters of every token that was ever held. */
  readonly #runs = new Set<string>();
  /** The platform's own id of the dealer, which every host shows anyway. */
  exempt = '';

  /** Remembers a token for good. */
  add(token: string | undefined): void {
    const text = folded((token ?? '').slice(0, LONGEST_TOKEN));
    for (let start = 0; start + SHORTEST_RUN <= text.length; start++) {
      this.#runs.add(text.slice(start, start + SHORTEST_RUN));
    }
  }

  /** The text without any run of twelve or more characters of a token. */
  text(raw: string): string {
    if (!this.#runs.size || raw === this.exempt) return raw;
    const text = normalizeText(raw);
    // what counts, in lower case, and where in the text it stands
    let compact = '';
    const positions: number[] = [];
    for (const { 0: character, index } of text.matchAll(SEEN)) {
      for (const [at, unit] of Object.entries(character.toLowerCase().split(''))) {
        compact += unit;
        positions.push(index + Math.min(Number(at), character.length - 1));
      }
    }
    const isMasked = new Set<number>();
    for (let start = 0; start + SHORTEST_RUN <= compact.length; start++) {
      if (!this.#runs.has(compact.slice(start, start + SHORTEST_RUN))) continue;
      for (let at = positions[start]!; at <= positions[start + SHORTEST_RUN - 1]!; at++) isMasked.add(at);
    }
    if (!isMasked.size) return raw;
    let masked = '';
    for (let at = 0; at < text.length; at++) {
      if (!isMasked.has(at)) masked += text[at]!;
      else if (!masked.endsWith(MASK)) masked += MASK;
    }
    return masked;
  }

  /** An identifier is all or nothing. */
  identifier(raw: string | undefined): string | undefined {
    return raw !== undefined && this.text(raw) === raw ? raw : undefined;
  }

  /** All texts in plain data: objects and arrays of strings, numbers and booleans. */
  data<T>(value: T): T {
    if (!this.#runs.size) return value;
    if (typeof value === 'string') return this.text(value) as T;
    if (Array.isArray(value)) return value.map((item: unknown) => this.data(item)) as T;
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.data(item)])) as T;
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
