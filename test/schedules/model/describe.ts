import { people, type Says, type WorldOptions } from '../schedule.js';
import type { SignIn } from './world.js';

interface Description {
  readonly signIn: SignIn;
  readonly says: Says | 'nothing';
  readonly token: string | undefined;
  readonly account: string;
  readonly options: WorldOptions;
}

/** The token response (RFC 6749 §5.1), with what the element shows. */
export function describeSignIn({ signIn, says, token, account, options }: Description): object {
  const { name, email, company, dealerId } = people[signIn.person];
  const isFull = says === 'everything';
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: options.lifetime,
    external_dealer_id: account,
    sign_in_id: options.signInIds ? signIn.id : undefined,
    name: isFull || says === 'person' || says === 'name' || says === 'name and company' ? name : undefined,
    email: isFull || says === 'person' || says === 'email' ? email : undefined,
    company_name: isFull || says === 'name and company' ? company : undefined,
    dealer_id: isFull ? dealerId : undefined,
  };
}
