/** What a person typed, or may read: trimmed, without control characters, bidirectional overrides and lone surrogates. */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- \p{Cc} takes the browser longer to compile than all of the texts take to render
    .replace(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}
