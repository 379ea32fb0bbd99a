/**
 * What a person typed, or may read: trimmed, without control characters, bidirectional overrides and lone surrogates. Not by
 * `\p{Cc}`, which takes a browser longer to compile than all of the texts take to render.
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}
