/** Characters: a shorter run of a secret's characters may stand anywhere by chance. */
const SHORTEST_RUN = 12;
/** A shorter secret is none. */
const SHORTEST_SECRET = 8;

/** Case, white space and what cannot be seen do not hide anything. */
const folded = (text: string) => text.replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '').toLowerCase();

/**
 * Whether a text repeats one of the secrets that were sent, or a part of it: 12 or more of its characters in a row. What answers
 * a request may echo it in any field.
 */
export function echoes(text: string, secrets: readonly string[]): boolean {
  const seen = folded(text);
  return secrets.map(folded).some((secret) => {
    if (secret.length < SHORTEST_SECRET) return false;
    const run = Math.min(SHORTEST_RUN, secret.length);
    for (let start = 0; start + run <= seen.length; start++) {
      if (secret.includes(seen.slice(start, start + run))) return true;
    }
    return false;
  });
}
