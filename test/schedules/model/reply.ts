/** An answer of the model's servers. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The server closes the connection instead of answering. */
  readonly isLost?: boolean;
}

/** A refusal in CHeKT's envelope. */
export function refusal(status: number, code: string): Reply {
  return { status, body: { error: { code, message: `Refused: ${code}.` } } };
}
