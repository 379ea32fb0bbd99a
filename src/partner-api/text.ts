/** Joiners and variation selectors change how a name looks, so they are kept. */
const JOINS = /[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
/** Direction marks, which only names with Hebrew or Arabic letters need. */
const DIRECTION = /[\u200e\u200f\u061c]/;
/** `\p{L}` because the Arabic letter mark (U+061C), which is not a letter, belongs to the Arabic script, too. */
const RIGHT_TO_LEFT = /(?=\p{L})[\p{Script=Hebrew}\p{Script=Arabic}]/u;
/** Control characters, lone surrogates and invisible characters. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const WHITE_SPACE = /\p{White_Space}+/gu;
/** The blank Braille pattern looks like a space. */
const BLANK = /^[\s\u2800\p{Default_Ignorable_Code_Point}]*$/u;

/**
 * A text as a person reads it: in NFC, with single spaces and without invisible characters.
 * @returns the empty string if nothing in the text is visible
 */
export function normalizeText(text: string): string {
  const keepsDirection = RIGHT_TO_LEFT.test(text);
  const seen = text
    .replace(UNSEEN, (character) => {
      if (/\p{White_Space}/u.test(character)) return ' ';
      return JOINS.test(character) || (keepsDirection && DIRECTION.test(character)) ? character : '';
    })
    .replace(WHITE_SPACE, ' ')
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
  return normalizeText(text).length < text.normalize('NFC').replace(WHITE_SPACE, ' ').trim().length;
}
