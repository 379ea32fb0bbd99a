import { parseDealer as readDealer, type Binding } from '../../partner-api/dealer.js';
import { dealerId } from '../../partner-api/fields.js';
import { parseWireError } from '../../partner-api/wire-error.js';

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

/** Returns the JSON value, or undefined if the text is not JSON. */
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
