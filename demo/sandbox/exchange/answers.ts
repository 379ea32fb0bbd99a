/**
 * An HTTP answer before it is sent, so that it can be stored under an idempotency key or damaged by a fault.
 */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export const noContent: Answer = { status: 204, headers: {}, body: '' };

/** The fields of a refusal, as in the API's error envelope. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly field?: string | undefined;
}

export function refusal(
  { status, code, message, field }: Refusal,
  requestId: string,
  headers: Record<string, string> = {},
): Answer {
  return json(status, { error: { code, message, request_id: requestId, field } }, headers);
}
