import type { DealerId } from './dealers.js';

/** A person who can sign in with CHeKT. */
export interface Account {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'dealer-admin' | 'technician';
  readonly dealerId: DealerId;
}

/** Every sample account has the same password, and the sign-in page shows it. */
export const SAMPLE_PASSWORD = 'try-chekt';

export const accounts: readonly Account[] = [
  {
    subject: 'user|dana',
    email: 'dana@acme.example',
    name: 'Dana Reyes',
    role: 'dealer-admin',
    dealerId: 12345,
  },
  {
    subject: 'user|tom',
    email: 'tom@acme.example',
    name: 'Tom Okafor',
    role: 'technician',
    dealerId: 12345,
  },
  {
    subject: 'user|mira',
    email: 'mira@harbor.example',
    name: 'Mira Lindqvist',
    role: 'dealer-admin',
    dealerId: 23456,
  },
];

export function accountByEmail(email: string): Account | undefined {
  const wanted = email.trim().toLowerCase();
  return accounts.find((account) => account.email === wanted);
}

export function accountBySubject(subject: string): Account | undefined {
  return accounts.find((account) => account.subject === subject);
}
