import type { State } from '../../session/state.js';
import type { Sentence } from './text.js';

/** Says who is signed in now, after another person was. Undefined if nothing is known of them. */
export function signedInNow({ signIn }: State): Sentence | undefined {
  const { name, email, companyName } = signIn?.authorization ?? {};
  const person = name ?? email ?? companyName;
  return person ? ['signInChanged', { person }] : undefined;
}
