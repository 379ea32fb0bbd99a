import { parseDealer as readDealer, type Binding } from '../../partner-api/dealer.js';
import { dealerId } from '../../partner-api/fields.js';
import { parseWireError } from '../../partner-api/wire-error.js';
import { echoes } from '../echo.js';

/** The dealer in CHeKT's answers, parsed with the same schemas as in the element. */
export type Dealer = Binding;

export interface ApiError {
  /** `error.code` of CHeKT's envelope. Without it, the answer may not be CHeKT's at all. */
  readonly code?: string;
  readonly requestId?: string;
  readonly field?: string;
}

export const parseDealerId = dealerId;

export function parseDealer(body: string): Dealer | undefined {
  return readDealer(parseJson(body));
}

export function parseError(body: string): ApiError {
  const { apiCode, isEnvelope, requestId, field } = parseWireError(parseJson(body));
  return {
    ...(isEnvelope && apiCode !== undefined ? { code: apiCode } : {}),
    ...(requestId === undefined ? {} : { requestId }),
    ...(field === undefined ? {} : { field }),
  };
}

/**
 * An answer's body, made anew from its parsed fields: a dealer, an error, or an object of which nothing is known. Empty for what
 * is no JSON object, and so perhaps not CHeKT's at all. Left out is what repeats the token that was sent.
 */
export function rebuildBody(status: number, text: string, token: string): string {
  const body = rebuilt(status, text);
  if (body === '' || !echoes(body, [token])) return body;
  return JSON.stringify(parseJson(body), (name, value: unknown) => {
    if (typeof value !== 'string' || !echoes(value, [token])) return value;
    return name === 'company_name' ? '…' : undefined; // a dealer has a name
  });
}

function rebuilt(status: number, text: string): string {
  if (!isJsonObject(text)) return '';
  if (status < 300) return JSON.stringify(wireDealer(parseDealer(text)));
  const { apiCode, isEnvelope, requestId, field } = parseWireError(parseJson(text));
  // The flat error of RFC 6749 stays flat: it is not the envelope by which CHeKT is told from what stands before it.
  if (apiCode !== undefined && !isEnvelope) return JSON.stringify({ error: apiCode });
  const message = `CHeKT answered ${status}.`;
  return JSON.stringify({ error: { code: apiCode, message, request_id: requestId, field } });
}

function wireDealer(dealer: Dealer | undefined): object {
  return {
    dealer_id: dealer?.dealerId,
    external_dealer_id: dealer?.externalDealerId,
    company_name: dealer?.companyName,
    company_address1: dealer?.companyAddress1,
    company_address2: dealer?.companyAddress2,
    company_email: dealer?.companyEmail,
    company_phone_number: dealer?.companyPhoneNumber,
    created_at: dealer?.createdAt,
  };
}

/** A JSON value, or undefined where it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** CHeKT's answers are JSON objects. Anything else may be a gateway's page. */
export function isJsonObject(body: string): boolean {
  const value = parseJson(body);
  return typeof value === 'object' && value !== null;
}
