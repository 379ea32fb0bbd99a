/** What is known of the person who signed in. Not verified: it only serves to tell one person from another. */
export interface Identity {
  /** OpenID Connect `sub`, compared without normalization. */
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
 * Whether a newer answer of the source is about the person who is displayed. An attempt belongs to the sign-in that was
 * displayed at the press, so nothing reaches CHeKT unless this function says so. The first rule that applies decides.
 * @returns undefined, which counts as another person, if there is nothing to compare
 */
export function isSamePerson(displayed: Identity, newer: Identity): boolean | undefined {
  const known = (field: Field) => displayed[field] !== undefined && newer[field] !== undefined;
  const equal = (field: Field) => comparable(displayed[field]!) === comparable(newer[field]!);

  if (known('dealerId')) {
    if (!equal('dealerId')) return false;
  } else if (known('companyName') && !equal('companyName')) return false;
  if (known('sub')) return displayed.sub === newer.sub;
  if (known('signInId') && displayed.signInId === newer.signInId) return true;
  if (known('email')) return equal('email');
  if (known('name')) return equal('name');
  return saysWho(displayed) || known('signInId') ? undefined : true;
}

/** Whether anything about the person or the company can be displayed. */
export function saysWho({ name, email, companyName, dealerId }: Identity): boolean {
  return [name, email, companyName, dealerId].some((value) => value !== undefined);
}

/** Names that differ only in Unicode form, case or spacing compare as equal. */
function comparable(text: string): string {
  // upper case first, so that letters such as ß, which becomes SS, fold as well
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toUpperCase().toLowerCase();
}
