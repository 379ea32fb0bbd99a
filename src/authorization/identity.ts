/** Who has signed in, as far as it is known. Unverified: it tells one person from another and decides nothing else. */
export interface Identity {
  /** OpenID Connect `sub`, compared as it came. */
  readonly sub?: string;
  /** `sign_in_id` of the token response: one per completed sign-in, the same through every refresh. */
  readonly signInId?: string;
  readonly dealerId?: string;
  readonly companyName?: string;
  readonly email?: string;
  readonly name?: string;
}

type Field = keyof Identity;

/**
 * Whether a newer answer of the source speaks of the person who is displayed. An attempt belongs to the sign-in that was
 * displayed at the press, so everything that reaches CHeKT passes this one function. The first line that applies decides.
 */
export function isSamePerson(displayed: Identity, newer: Identity): boolean {
  const known = (field: Field) => displayed[field] !== undefined && newer[field] !== undefined;
  const equal = (field: Field) => comparable(displayed[field]!) === comparable(newer[field]!);

  if (known('dealerId')) {
    if (!equal('dealerId')) return false;
  } else if (known('companyName') && !equal('companyName')) return false;
  if (known('sub')) return displayed.sub === newer.sub;
  if (known('signInId') && displayed.signInId === newer.signInId) return true;
  if (known('email')) return equal('email');
  if (known('name')) return equal('name');
  return !saysWho(displayed) && !known('signInId');
}

/** Whether the two say anything by which they can be compared. */
export function isComparable(one: Identity, other: Identity): boolean {
  const fields: readonly Field[] = ['dealerId', 'companyName', 'sub', 'email', 'name'];
  const isKnown = (field: Field) => one[field] !== undefined && other[field] !== undefined;
  return fields.some(isKnown) || (isKnown('signInId') && one.signInId === other.signInId);
}

/** Whether anything about the person or the company can be displayed. */
export function saysWho({ name, email, companyName, dealerId }: Identity): boolean {
  return [name, email, companyName, dealerId].some((value) => value !== undefined);
}

/** The same name in another Unicode form, case or spacing is the same name. */
function comparable(text: string): string {
  // upper case first folds also what has no single lower case form, such as ß and SS
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toUpperCase().toLowerCase();
}
