import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSamePerson, saysWho, type Identity } from '../../../src/authorization/identity.js';

const dana: Identity = {
  sub: 'user|dana',
  signInId: 'sign-in-1',
  dealerId: '12345',
  companyName: 'Acme Security Systems, Inc.',
  email: 'dana@acme.example',
  name: 'Dana Reyes',
};
const without = (identity: Identity, ...fields: (keyof Identity)[]): Identity =>
  Object.fromEntries(Object.entries(identity).filter(([field]) => !fields.includes(field as keyof Identity)));

type Row = readonly [what: string, displayed: Identity, newer: Identity, same: boolean | undefined];

/** The rules of the contract, in their order. Each row is decided by the rule above it. */
const lines: Readonly<Record<string, readonly Row[]>> = {
  'a: the dealer or, if it is not known on both sides, the company': [
    ['another dealer, whatever else is equal', dana, { ...dana, dealerId: '23456' }, false],
    [
      'another dealer with the same user and sign-in',
      { dealerId: '1', sub: 'a', signInId: 's' },
      { dealerId: '2', sub: 'a', signInId: 's' },
      false,
    ],
    [
      'another company, and the dealer is not known',
      without(dana, 'dealerId'),
      { ...dana, companyName: 'Harbor' },
      false,
    ],
    [
      'another company of the same dealer: it was renamed',
      dana,
      { ...dana, companyName: 'Acme Alarms' },
      true,
    ],
    [
      'the same company does not make it the same person',
      { companyName: 'Acme', sub: 'a' },
      { companyName: 'Acme', sub: 'b' },
      false,
    ],
  ],
  'b: the user id': [
    ['equal, although the sign-in is a new one', dana, { ...dana, signInId: 'sign-in-2' }, true],
    ['equal, although e-mail and name differ', dana, { ...dana, email: 'd@x.example', name: 'D' }, true],
    ['another, although the sign-in id is the same', dana, { ...dana, sub: 'user|tom' }, false],
    [
      'different only in letter case: user ids are compared without normalization',
      { sub: 'User' },
      { sub: 'user' },
      false,
    ],
  ],
  'c: the sign-in id': [
    [
      'equal, although e-mail and name differ',
      without(dana, 'sub'),
      { ...dana, email: 'x@x.example', name: 'X' },
      true,
    ],
    ['equal, and the newer answer says nothing else', dana, { signInId: 'sign-in-1' }, true],
    [
      'a different id decides nothing; the e-mail does',
      without(dana, 'sub'),
      { ...dana, signInId: 'sign-in-2' },
      true,
    ],
    ['different only in letter case', { signInId: 'AbC' }, { signInId: 'abc' }, undefined],
  ],
  'd: the e-mail': [
    [
      'equal, although the name differs',
      { email: 'd@acme.example', name: 'Dana' },
      { email: 'd@acme.example', name: 'D. Reyes' },
      true,
    ],
    [
      'different, although the name is equal',
      { email: 'd@acme.example', name: 'Dana' },
      { email: 'd@x.example', name: 'Dana' },
      false,
    ],
  ],
  'e: the name': [
    ['equal', { name: 'Dana Reyes' }, { name: 'Dana Reyes', email: 'd@acme.example' }, true],
    ['another', { name: 'Dana Reyes' }, { name: 'Mira Lindqvist' }, false],
  ],
  'f: nothing to compare': [
    ['nothing was displayed, and the newer answer says nothing', {}, {}, true],
    [
      'nothing was displayed, and now somebody is named',
      {},
      { name: 'Mira Lindqvist', sub: 'user|mira' },
      true,
    ],
    [
      'only a user id was known, which is not displayed',
      { sub: 'user|dana' },
      { name: 'Mira Lindqvist' },
      true,
    ],
    ['somebody was displayed, and the newer answer says nothing', { name: 'Dana Reyes' }, {}, undefined],
    [
      'a company was displayed, and now only a person is named',
      { companyName: 'Acme' },
      { name: 'Mira' },
      undefined,
    ],
    ['a dealer was displayed, and the newer answer says nothing', { dealerId: '12345' }, {}, undefined],
    ['the same dealer alone does not say who', { dealerId: '12345' }, { dealerId: '12345' }, undefined],
    [
      'nothing was displayed, and the sign-in ids differ',
      { signInId: 'one' },
      { signInId: 'two' },
      undefined,
    ],
    ['nothing was displayed, and only the newer one has a sign-in id', {}, { signInId: 'one' }, true],
  ],
};

describe('isSamePerson', () => {
  for (const [line, rows] of Object.entries(lines)) {
    describe(line, () => {
      for (const [what, displayed, newer, same] of rows) {
        it(`${what}: ${same ? 'the same' : 'another'}`, () => {
          assert.equal(isSamePerson(displayed, newer), same);
        });
      }
    });
  }

  it('ignores differences in Unicode form, case and spacing', () => {
    for (const [one, other] of [
      ['Zoë Müller', 'Zoe\u0308 Mu\u0308ller'],
      ['ACME Security', 'acme security'],
      ['Dana  Reyes', ' Dana\u00a0Reyes\n'],
    ] as const) {
      for (const field of ['name', 'email', 'companyName', 'dealerId'] as const) {
        const more = { name: 'Dana' };
        assert.equal(
          isSamePerson({ ...more, [field]: one }, { ...more, [field]: other }),
          true,
          `${field}: ${one}`,
        );
      }
    }
  });

  it('is pure', () => {
    const frozen = Object.freeze({ ...dana });
    for (let turn = 0; turn < 2; turn++) assert.equal(isSamePerson(frozen, frozen), true);
  });
});

describe('saysWho', () => {
  it('is true for anything that can be displayed, which a user id and a sign-in id cannot', () => {
    assert.equal(saysWho({ sub: 'user|dana', signInId: 'sign-in-1' }), false);
    for (const field of ['name', 'email', 'companyName', 'dealerId'] as const)
      assert.equal(saysWho({ [field]: 'x' }), true, field);
  });
});
