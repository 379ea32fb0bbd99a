import { plainText } from './plain-text.js';

/** The shortest run of a token's characters that is masked. */
const RUN = 12;

/** Every token that an element was ever given, so that no answer can bring one back into view. */
export class Secrets {
  readonly #tokens = new Set<string>();
  /** Every run of `RUN` characters of the tokens, in lower case. */
  readonly #runs = new Set<string>();

  hold(...tokens: readonly (string | undefined)[]): void {
    for (const token of tokens) {
      if (!token || this.#tokens.has(token)) continue;
      this.#tokens.add(token);
      const text = compact(token);
      for (let at = 0; at + RUN <= text.length; at++) this.#runs.add(text.slice(at, at + RUN));
    }
  }

  /** The text as a person may read it: each run of a token, in whatever case and spacing, is "…". */
  mask(text: string): string {
    if (!this.#runs.size || text.length < RUN) return text;
    const places: number[] = [];
    let run = '';
    for (let at = 0; at < text.length; at++) {
      if (/\s/.test(text[at]!)) continue;
      places.push(at);
      run += text[at]!.toLowerCase()[0];
    }
    let masked = '';
    let kept = 0;
    for (let at = 0; at + RUN <= places.length; at++) {
      if (!this.#runs.has(run.slice(at, at + RUN))) continue;
      let end = at + RUN;
      while (end < places.length && this.#runs.has(run.slice(end + 1 - RUN, end + 1))) end++;
      masked += `${text.slice(kept, places[at])}…`;
      kept = places[end - 1]! + 1;
      at = end - 1;
    }
    return masked + text.slice(kept);
  }

  /** A machine's word is whole or absent. */
  wordOrNothing(text: string | undefined): string | undefined {
    return text !== undefined && this.mask(text) === text ? text : undefined;
  }

  /** The same fields, their texts masked; `externalDealerId` is the host's own and stays. */
  maskFields<T extends object>(fields: T): T {
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'string' && name !== 'externalDealerId' ? this.mask(value) : value,
      ]),
    ) as T;
  }
}

const compact = (text: string) => plainText(text).replace(/\s/g, '').toLowerCase();
