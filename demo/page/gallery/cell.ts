import type { Binding, ChektConnectElement, FormerBinding, TokenResponse } from '../../../src/index.js';

/** The surroundings that lead a real element into one state. */
export interface Cell {
  readonly id: string;
  readonly name: string;
  /**
   * The results of `getAccessToken` in turn; the last one is repeated. A function is called for its result.
   */
  readonly tokens?: readonly (TokenResponse | string | null | (() => Promise<null>))[];
  /** The answer of `token-url`, which replaces `getAccessToken`. @param before how often it was asked before */
  readonly tokenUrl?: (before: number) => Response;
  /** CHeKT's answer to each connect and disconnect. By default it asks to wait. */
  readonly answer?: () => Response | Promise<Response>;
  readonly binding?: Binding;
  readonly formerBinding?: FormerBinding;
  readonly attributes?: Readonly<Record<string, string | null>>;
  /** What a person does once the element is ready. */
  readonly act?: (element: ChektConnectElement) => unknown;
}

export interface CellGroup {
  readonly name: string;
  readonly cells: readonly Cell[];
}

export const dana: TokenResponse = {
  access_token: 'gallery',
  expires_in: 42 * 60,
  name: 'Dana Reyes',
  email: 'dana@acme.example',
  company_name: 'Acme Security Systems, Inc.',
  dealer_id: '12345',
  sign_in_id: 'sign-in-of-dana',
};

export const mira: TokenResponse = {
  access_token: 'gallery',
  expires_in: 42 * 60,
  name: 'Mira Lindqvist',
  email: 'mira@harbor.example',
  company_name: 'Harbor Alarm & Video, LLC',
  dealer_id: '23456',
  sign_in_id: 'sign-in-of-mira',
};

export const acme = {
  dealerId: 12345,
  externalDealerId: 'adc-67890',
  companyName: 'Acme Security Systems, Inc.',
  companyAddress1: '200 Commerce Street',
  companyAddress2: 'Suite 410',
  companyEmail: 'office@acme.example',
  companyPhoneNumber: '+1-205-555-0142',
  createdAt: '2019-03-11T15:24:07.000Z',
  connectedAt: '2025-03-14T09:26:53Z',
  connectedBy: 'Dana Reyes',
} satisfies Required<Binding>;

export const recorded = () =>
  Response.json({
    dealer_id: acme.dealerId,
    external_dealer_id: acme.externalDealerId,
    company_name: acme.companyName,
    company_address1: acme.companyAddress1,
    company_address2: acme.companyAddress2,
    company_email: acme.companyEmail,
    company_phone_number: acme.companyPhoneNumber,
  });

/** Makes an answer in CHeKT's error envelope. */
export const refused =
  (status: number, code: string, more: { field?: string; headers?: Record<string, string> } = {}) =>
  () =>
    Response.json(
      { error: { code, message: 'For developers.', request_id: 'req_5f0c1d2e3a4b', field: more.field } },
      { status, headers: more.headers ?? {} },
    );

export const never = () => new Promise<never>(() => {});

/** CHeKT asks to wait for longer than anybody will look, so the element stays busy. */
export const later = refused(429, 'rate_limited', { headers: { 'Retry-After': '80000' } });

export const connect = (element: ChektConnectElement) => element.connect('Acme Security').catch(() => {});

/** Clicks the button, because no method does the first of the two steps. */
export async function press(element: ChektConnectElement): Promise<void> {
  await element.updateComplete;
  element.shadowRoot?.querySelector<HTMLElement>('[part~="disconnect-button"]')?.click();
}

export async function pressTwice(element: ChektConnectElement): Promise<void> {
  await press(element);
  await press(element);
}
