import { normalizeText } from '../partner-api/text.js';

/** Characters. Shorter runs of a token's characters occur in other texts by chance. */
const SHORTEST_RUN = 12;
const MASK = '…';

/** A visible character: white space and invisible characters are ignored. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}]/gu;

/** The visible characters in lower case, which is how a text is compared with a token. */
const folded = (text: string) => (text.match(VISIBLE) ?? []).join('').toLowerCase();

/** Every run of twelve characters, by where it starts. */
function runsOf(text: string): string[] {
  const runs = [];
  for (let start = 0; start + SHORTEST_RUN <= text.length; start++) {
    runs.push(text.slice(start, start + SHORTEST_RUN));
  }
  return runs;
}

/**
 * Masks parts of tokens in the final text, where it leaves the element: view, events, errors, console, diagnostics.
 * Requests and comparisons use the raw values.
 */
export class Redaction {
  /** Every run of twelve characters in any token that was ever held. */
  readonly #runs = new Set<string>();
  /** The platform's own id of the dealer, which every host shows anyway. */
  exempt = '';

  /** Remembers a token until the element is gone. */
  add(token = ''): void {
    for (const run of runsOf(folded(token))) this.#runs.add(run);
  }

  /** The text with every run of twelve or more characters of a token replaced by "…". */
  text(raw: string): string {
    if (!this.#runs.size || raw === this.exempt) return raw;
    const text = normalizeText(raw);
    const runs = runsOf(folded(text));
    // most texts hold no part of a token
    if (!runs.some((run) => this.#runs.has(run))) return raw;
    // for each unit of the folded text, where its character begins and ends in the text
    const places = [...text.matchAll(VISIBLE)].flatMap(({ 0: character, index }) =>
      Array<[number, number]>(character.toLowerCase().length).fill([index, index + character.length]),
    );
    let masked = '';
    let end = 0;
    for (const [at, run] of runs.entries()) {
      if (!this.#runs.has(run)) continue;
      const [start] = places[at]!;
      if (start >= end) masked += text.slice(end, start) + MASK;
      end = places[at + SHORTEST_RUN - 1]![1];
    }
    return masked + text.slice(end);
  }

  /** The identifier, or undefined if any of it would be masked: part of an identifier is of no use. */
  identifier(raw: string | undefined): string | undefined {
    return raw !== undefined && this.text(raw) === raw ? raw : undefined;
  }

  /** Masks every text in plain data: in objects and arrays, at any depth. Copied objects are frozen. */
  data<T>(value: T): T {
    if (!this.#runs.size) return value;
    if (typeof value === 'string') return this.text(value) as T;
    if (Array.isArray(value)) return value.map((item: unknown) => this.data(item)) as T;
    if (!isPlain(value)) return value;
    const entries = Object.entries(value).map(([key, item]) => [key, this.data(item)]);
    return Object.freeze(Object.fromEntries(entries)) as T;
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
