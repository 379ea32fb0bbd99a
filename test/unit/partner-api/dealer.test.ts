import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseBinding, parseDealer } from '../../../src/partner-api/dealer.js';

const dealer = {
  dealer_id: 12345,
  external_dealer_id: 'adc-67890',
  company_name: 'Acme Security Systems, Inc.',
};
const binding = {
  dealerId: 12345,
  externalDealerId: 'adc-67890',
  companyName: 'Acme Security Systems, Inc.',
};

describe('the dealer object of the Partner API', () => {
  it('becomes a frozen binding with all fields of the company', () => {
    const more = {
      company_address1: '100 Main Street',
      company_address2: 'Suite 5',
      company_email: 'office@acme.example',
      company_phone_number: '+1 555 0100',
      created_at: '2024-01-02 03:04:05',
    };
    const parsed = parseDealer({ ...dealer, ...more, unknown: { a: 1 } });
    assert.deepEqual(parsed, {
      ...binding,
      companyAddress1: '100 Main Street',
      companyAddress2: 'Suite 5',
      companyEmail: 'office@acme.example',
      companyPhoneNumber: '+1 555 0100',
      createdAt: '2024-01-02 03:04:05',
    });
    assert.ok(Object.isFrozen(parsed));
  });

  it('leaves out what is absent, null, empty or of another type', () => {
    for (const company_address2 of [undefined, null, '', ' ', 5, {}, []])
      assert.deepEqual(
        parseDealer({ ...dealer, company_address2 }),
        binding,
        JSON.stringify(company_address2),
      );
  });

  for (const [id, expected] of [
    [1, 1],
    ['12345', 12345],
    ['00012345', 12345],
    [2 ** 53 - 1, 2 ** 53 - 1],
    [0, undefined],
    [-5, undefined],
    [1.5, undefined],
    [2 ** 53, undefined],
    ['', undefined],
    [' 12345', undefined],
    ['12345\n', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['９', undefined],
    [null, undefined],
    [[12345], undefined],
    [true, undefined],
  ] as const) {
    it(`has ${expected === undefined ? 'no dealer' : `the dealer ${expected}`} with dealer_id ${JSON.stringify(id)}`, () => {
      assert.equal(parseDealer({ ...dealer, dealer_id: id })?.dealerId, expected);
    });
  }

  it('is invalid without an id, an account or a visible name', () => {
    for (const field of ['dealer_id', 'external_dealer_id', 'company_name'])
      assert.equal(parseDealer({ ...dealer, [field]: undefined }), undefined, field);
    for (const company_name of ['', ' \u202e\u0000', '\u2800', 5])
      assert.equal(parseDealer({ ...dealer, company_name }), undefined);
    for (const body of [undefined, null, '', [], [dealer], { dealer }])
      assert.equal(parseDealer(body), undefined, JSON.stringify(body));
  });

  it('keeps the id of the account exactly as it came, to compare it with the one that was sent', () => {
    const external_dealer_id = ' ADC \u200b';
    assert.equal(parseDealer({ ...dealer, external_dealer_id })?.externalDealerId, external_dealer_id);
  });
});

describe('a binding of the host', () => {
  it('is equal after it was serialized as JSON and parsed again', () => {
    const parsed = parseBinding({ ...binding, connectedBy: 'Dana', connectedAt: undefined });
    assert.deepEqual(parseBinding(JSON.parse(JSON.stringify(parsed))), parsed);
    assert.deepEqual(Object.keys(parsed!), ['dealerId', 'externalDealerId', 'companyName', 'connectedBy']);
  });

  it('may have connectedAt as a Date, a number or a string', () => {
    const at = (connectedAt: unknown) => parseBinding({ ...binding, connectedAt })?.connectedAt;
    assert.equal(at(new Date(0)), '1970-01-01T00:00:00.000Z');
    assert.equal(at(1_700_000_000_000), 1_700_000_000_000);
    assert.equal(at('2026-05-26'), '2026-05-26');
    for (const none of [new Date(NaN), NaN, Infinity, null, {}, '']) assert.equal(at(none), undefined);
  });

  it('contains only known fields, and may come from an instance of a class', () => {
    class Row {
      dealerId = '12345';
      externalDealerId = 'adc-67890';
      companyName = 'Acme Security Systems, Inc.';
      password = 'secret';
    }
    assert.deepEqual(parseBinding(new Row()), binding);
    assert.deepEqual(parseBinding(JSON.parse('{"__proto__":{"dealerId":1}}')), undefined);
  });

  it('is never parsed from arbitrary JSON without a valid dealer id', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed = parseBinding(value);
        assert.ok(parsed === undefined || Number.isSafeInteger(parsed.dealerId));
      }),
    );
  });
});
