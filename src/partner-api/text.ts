/** Joiners and variation selectors change what a name looks like, so they stay. */
const JOINS = /[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
/** Marks of direction, which belong into names with Hebrew or Arabic letters only. */
const DIRECTION = /[\u200e\u200f\u061c]/;
/** A letter: the Arabic letter mark (U+061C) is of the Arabic script as well. */
const RIGHT_TO_LEFT = /(?=\p{L})[\p{Script=Hebrew}\p{Script=Arabic}]/u;
/** Control characters, lone surrogates and characters that cannot be seen. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const WHITE_SPACE = /\p{White_Space}+/gu;
/** The blank Braille pattern looks like a space. */
const BLANK = /^[\s\u2800\p{Default_Ignorable_Code_Point}]*$/u;

/**
 * A text as a person reads it: white space is one space, nothing unseen is in it, NFC.
 * @returns the empty string for a text in which nothing can be seen
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

/** Whether two texts read the same: compared after normalization, without any character that cannot be seen. */
export function readsTheSame(one: string, other: string): boolean {
  return normalizeText(one).replace(UNSEEN, '') === normalizeText(other).replace(UNSEEN, '');
}

/** A name that came from CHeKT is sent back as it came, unless it holds what `normalizeText` removes. */
export function holdsUnseen(text: string): boolean {
  return normalizeText(text).length < text.normalize('NFC').replace(WHITE_SPACE, ' ').trim().length;
}
