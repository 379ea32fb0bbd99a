/** What a person typed, or may read: trimmed, without control characters, bidirectional overrides and lone surrogates. */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
}
