import * as z from 'zod';

/** A switch for each open question of the Partner API. The first value is the default. */
export const switchesSchema = z.strictObject({
  /** Which pages may call the API from a browser. */
  cors: z.enum(['platform', 'off', 'any']),
  /** A dealer connects again with the external id it has. */
  reconnectSameId: z.enum(['ok', 'conflict']),
  /** A connected dealer connects with another external id. */
  reconnectOtherId: z.enum(['conflict', 'replace']),
  /** The external id belongs to another dealer. */
  idTaken: z.enum(['conflict', 'move']),
  /** A user without dealer-admin rights connects. */
  withoutAdmin: z.enum(['forbidden', 'ok']),
  /** A dealer app's client credentials are used on connect. */
  m2mOnConnect: z.enum(['forbidden', 'ok']),
  /** What the platform's client credentials get when they read a dealer that is not, or no longer, connected to it. */
  unboundDealer: z.enum(['forbidden', 'not-connected']),
  /** A dealer that is not connected is disconnected. */
  disconnectTwice: z.enum(['not-found', 'ok', 'forbidden']),
  /** Which error answers are kept under an idempotency key: settled ones (4xx but 401, 408, 429), none, or all. */
  storeErrors: z.enum(['settled', 'none', 'all']),
  /** A repeat arrives while the first request with its key is still running. */
  repeatWhileRunning: z.enum(['conflict', 'wait']),
  /** A state-changing request without an idempotency key. */
  idempotencyKey: z.enum(['required', 'optional']),
  /** A dealer admin's own token is used on disconnect. */
  dealerTokenOnDisconnect: z.enum(['forbidden', 'ok']),
  /** What disconnect answers: 200 with the dealer, 204, or 200 with an empty object. */
  disconnectAnswer: z.enum(['dealer', 'no-content', 'empty-object']),
  /** The status for a field that is missing or wrong. */
  invalidField: z.enum(['422', '400']),
  dealerIdType: z.enum(['number', 'string']),
  /** How an address line that a dealer does not have is sent. */
  missingAddress: z.enum(['absent', 'null', 'empty']),
  timestamps: z.enum(['iso', 'sql']),
  retryAfter: z.enum(['seconds', 'date']),
  /** Whether the trace id comes back as a response header. */
  traceEcho: z.enum(['off', 'on']),
  /** The ceilings of every app in this run; `plan`: each app has its own. */
  rateLimit: z.enum(['plan', 'free', 'pro', 'enterprise', 'platform']),
  /** The form of the access tokens that this run's token endpoint issues. */
  tokenFormat: z.enum(['jwt', 'opaque']),
  /** How long those tokens last, in seconds. */
  tokenLifetime: z.int().min(1).max(86_400),
  /** Whether the platform's tokens must name the dealer that they are used on, by the partner claim. */
  partnerClaim: z.enum(['optional', 'required']),
  /** The scopes that the platform's client credentials are granted. */
  platformScopes: z.enum(['all', 'without-read-dealer']),
  /**
   * The form of the issuers' refusals: as from Auth0, which CHeKT's own sample uses, or with the codes of the
   * RFCs.
   */
  issuerErrors: z.enum(['auth0', 'rfc']),
  /** Which issuers publish their metadata. Discovery belongs to no run: the value in the run `default` counts. */
  discovery: z.enum(['both', 'sign-in-only', 'none']),
  /** How many seconds CHeKT's clock is ahead of this machine's; negative if it is behind. */
  clockOffset: z.int().min(-86_400).max(86_400),
});

export type Switches = z.infer<typeof switchesSchema>;

export const defaultSwitches: Switches = {
  cors: 'platform',
  reconnectSameId: 'ok',
  reconnectOtherId: 'conflict',
  idTaken: 'conflict',
  withoutAdmin: 'forbidden',
  m2mOnConnect: 'forbidden',
  unboundDealer: 'forbidden',
  disconnectTwice: 'not-found',
  storeErrors: 'settled',
  repeatWhileRunning: 'conflict',
  idempotencyKey: 'required',
  dealerTokenOnDisconnect: 'forbidden',
  disconnectAnswer: 'dealer',
  invalidField: '422',
  dealerIdType: 'number',
  missingAddress: 'absent',
  timestamps: 'iso',
  retryAfter: 'seconds',
  traceEcho: 'off',
  rateLimit: 'plan',
  tokenFormat: 'jwt',
  tokenLifetime: 3600,
  partnerClaim: 'optional',
  platformScopes: 'all',
  issuerErrors: 'auth0',
  discovery: 'both',
  clockOffset: 0,
};

export interface SwitchDescription {
  readonly name: keyof Switches;
  /** The values, the default first; `null` for a number. */
  readonly values: readonly string[] | null;
  readonly default: string | number;
}

export const switchList: readonly SwitchDescription[] = switchesSchema.keyof().options.map((name) => {
  const schema = switchesSchema.shape[name];
  const first = defaultSwitches[name];
  const values: readonly string[] | null = 'options' in schema ? schema.options : null;
  // JavaScript sorts integer-like keys, so `400` would come before the default `422`.
  const sorted = values && [String(first), ...values.filter((value) => value !== first)];
  return { name, values: sorted, default: first };
});
