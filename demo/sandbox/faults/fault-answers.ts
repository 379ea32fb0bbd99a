import type { Answer } from '../exchange/answers.js';
import { json, refusal } from '../exchange/answers.js';
import type { Fault } from './faults.js';

type StatusFault = Extract<Fault, { kind: 'status' }>;

const usualCodes: Record<number, string> = {
  400: 'invalid_request',
  401: 'invalid_api_key',
  403: 'permission_denied',
  404: 'not_found',
  409: 'conflict',
  422: 'invalid_field',
  429: 'rate_limited',
};

/** The answer with which a fault replaces the real one, or undefined for faults that do something else. */
export function faultAnswer(fault: Fault, requestId: string): Answer | undefined {
  switch (fault.kind) {
    case 'status':
      return statusAnswer(fault, requestId);
    case 'body':
      return {
        status: fault.status,
        headers: fault.contentType === null ? {} : { 'Content-Type': fault.contentType },
        body: fault.body,
      };
    case 'redirect':
      return { status: fault.status, headers: { Location: fault.location }, body: '' };
    default:
      return undefined;
  }
}

function statusAnswer(fault: StatusFault, requestId: string): Answer {
  const { status, field } = fault;
  const code = fault.code ?? usualCodes[status] ?? 'server_error';
  const message = fault.message ?? `The sandbox was asked to answer ${status}.`;
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) };
  switch (fault.shape) {
    case 'nested':
      return refusal({ status, code, message, field }, requestId, headers);
    case 'flat':
      return json(status, { message }, headers);
    case 'oauth':
      return json(status, { error: code, error_description: message }, headers);
    case 'html':
      return {
        status,
        headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
        body: `<!doctype html><title>${status}</title><h1>${status}</h1><p>The service is not available.</p>`,
      };
    case 'text':
      return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: message };
    case 'empty':
      return { status, headers, body: '' };
  }
}
