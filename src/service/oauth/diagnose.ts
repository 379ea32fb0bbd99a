import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { echoes } from '../echo.js';
import { clockAdvice, type Advice, type FailedClient } from './advice.js';
import { refusedAdvice } from './refused-advice.js';
import { unusableAnswerAdvice } from './unusable-answer-advice.js';

/**
 * Why an issuer gave no tokens, and which setting to check. It contains neither secrets nor the issuer's
 * texts.
 */
export interface Diagnosis extends Advice {
  /** The RFC 6749 error code, if the issuer gave one. */
  readonly oauthError?: string;
  readonly status?: number;
  /** openid-client's error code, or one of ours, if there was no usable answer. */
  readonly code?: string;
  readonly requestId?: string;
  /** `refused`: the issuer refused. `unavailable`: there was no reliable answer. */
  readonly kind: 'refused' | 'unavailable';
}

export class OAuthFailure extends Error {
  override readonly name = 'OAuthFailure';
  readonly diagnosis: Diagnosis;

  constructor(diagnosis: Diagnosis) {
    super(diagnosis.oauthError ?? diagnosis.code ?? diagnosis.kind);
    this.diagnosis = diagnosis;
  }
}

/** Seconds by which two clocks may differ before it is reported. */
const CLOCK_TOLERANCE = 60;

export function diagnose(error: unknown, client: FailedClient, now: number): Diagnosis {
  if (error instanceof AuthorizationResponseError) {
    const { error: oauthError } = error;
    const advice = refusedAdvice(oauthError, error.error_description ?? '', client);
    const others = [...error.cause].filter(([name]) => name !== 'error').map(([, value]) => value);
    return { oauthError: word(oauthError, others), ...advice, kind: 'refused' };
  }
  if (error instanceof ResponseBodyError) {
    const { error: oauthError, error_description: description = '', status, response } = error;
    // Auth0 answers 401 `access_denied` where RFC 6749 has `invalid_client`.
    const refused = oauthError === 'access_denied' && status === 401 ? 'invalid_client' : oauthError;
    const advice =
      refused === 'invalid_client' && client.options.auth.kind === 'key' && clockIsOff(response, now)
        ? clockAdvice
        : refusedAdvice(refused, description, client);
    const sent = client.sentFor(response);
    return {
      oauthError: word(oauthError, sent),
      status,
      ...requestIdOf(response, sent),
      ...advice,
      kind: status >= 500 || status === 429 ? 'unavailable' : 'refused',
    };
  }
  const response = answerIn(error);
  const said = response && { status: response.status, ...requestIdOf(response, client.sentFor(response)) };
  return { ...said, ...unusableAnswerAdvice(error, client, response), kind: 'unavailable' };
}

function clockIsOff(response: Response, now: number): boolean {
  const date = Date.parse(response.headers.get('Date') ?? '');
  return Math.abs(date - now) > CLOCK_TOLERANCE * 1000;
}

/** The answer that openid-client could not use. It hangs it, or an error of its own with it, on its errors as the cause. */
function answerIn(error: unknown): Response | undefined {
  if (error instanceof Response) return error;
  return error instanceof Error && error !== error.cause ? answerIn(error.cause) : undefined;
}

/** What a machine made, and no secret that was sent; anything else of an answer stays out of the log. */
function word(text: string, secrets: readonly string[]): string {
  return /^[\w.:-]{1,64}$/.test(text) && !echoes(text, secrets) ? text : 'unreadable';
}

function requestIdOf(response: Response, secrets: readonly string[]): { requestId?: string } {
  const id = response.headers.get('x-request-id') ?? response.headers.get('x-auth0-requestid') ?? '';
  const requestId = word(id, secrets);
  return requestId === 'unreadable' ? {} : { requestId };
}
