/** Joiners and variation selectors change how a name looks, so they are kept. */
const JOINS = /[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
/** Direction marks, which only names with Hebrew or Arabic letters need. */
const DIRECTION = /[\u200e\u200f\u061c]/;
/** `\p{L}` because the Arabic letter mark (U+061C), which is not a letter, belongs to the Arabic script, too. */
const RIGHT_TO_LEFT = /(?=\p{L})[\p{Script=Hebrew}\p{Script=Arabic}]/u;
/** Control characters, lone surrogates and invisible characters. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
/** The control characters that are white space. */
const BREAK = /[\t-\r\x85]/;
/** What is left of a text without anything visible. The blank Braille pattern looks like a space. */
const BLANK = /^[\s\u2800\u200c-\u200f\u061c\ufe00-\ufe0f\u{e0100}-\u{e01ef}]*$/u;

/**
 * A text as a person reads it: in NFC, with single spaces and without invisible characters.
 * @returns the empty string if nothing in the text is visible
 */
export function normalizeText(text: string): string {
  const seen = text
    .replace(UNSEEN, (character) => {
      if (BREAK.test(character)) return ' ';
      const isKept = JOINS.test(character) || (DIRECTION.test(character) && RIGHT_TO_LEFT.test(text));
      return isKept ? character : '';
    })
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
  return BLANK.test(seen) ? '' : seen;
}

/** Whether two texts read the same: they are compared after normalization, without any invisible character. */
export function readsTheSame(one: string, other: string): boolean {
  return normalizeText(one).replace(UNSEEN, '') === normalizeText(other).replace(UNSEEN, '');
}

/** Whether `normalizeText` would remove a character. If not, a name that came from CHeKT is sent back unchanged. */
export function holdsUnseen(text: string): boolean {
  return (
    normalizeText(text).length <
    text
      .normalize('NFC')
      .replace(/\p{White_Space}+/gu, ' ')
      .trim().length
  );
}
