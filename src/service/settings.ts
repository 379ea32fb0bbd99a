import * as z from 'zod/mini';
import type { ChektServiceOptions, NotConnected, OAuthClientOptions } from './options.js';
import { consoleLogger, type Logger } from './log.js';

/** The validated options, with defaults filled in. */
export interface Settings extends Omit<ChektServiceOptions, 'dealerSignIn' | 'platformClient' | 'limits'> {
  readonly basePath: string;
  readonly apiOrigin: string;
  readonly notConnected: readonly NotConnected[];
  readonly dealerSignIn: OAuthClientOptions & { readonly scope: string };
  readonly platformClient: OAuthClientOptions;
  readonly modes: readonly ('service' | 'browser')[];
  readonly logger: Logger;
  readonly perMinute: number;
  readonly retentionDays: { readonly audit: number; readonly operations: number };
  readonly clock: () => number;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Plain http is allowed only on loopback hosts, for development and tests. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.includes(new URL(url).hostname);
}

const isSecureUrl = (text: string) =>
  URL.canParse(text) &&
  (text.startsWith('https://') || (text.startsWith('http://') && isLoopback(text))) &&
  new URL(text).username === '';

const NO_SECRET = 'has no secret or key; check that its environment variable is set';
const HTTPS = 'must be an https URL (http only on a loopback host)';
const text = z.string('must be text').check(z.minLength(1, 'must not be empty'));
const url = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : HTTPS) })
  .check(z.refine(isSecureUrl, HTTPS));
const fn = <T>(returns: string) =>
  z.custom<T>((value) => typeof value === 'function', `must be a function that returns ${returns}`);
const days = z.int('must be a number of days').check(z.minimum(1, 'must be at least one day'));

const oauthClient = z.object(
  {
    issuer: url,
    server: z.optional(
      z.object(
        {
          token_endpoint: url,
          authorization_endpoint: z.optional(url),
          revocation_endpoint: z.optional(url),
          jwks_uri: z.optional(url),
        },
        'must give token_endpoint and, for the dealer sign-in, authorization_endpoint',
      ),
    ),
    clientId: text,
    auth: z
      .custom<OAuthClientOptions['auth']>(
        (value) => typeof (value as { prepare?: unknown } | undefined)?.prepare === 'function',
        { error: 'must be clientSecret(…) or privateKeyJwt({ … })', abort: true },
      )
      .check(z.refine(({ isGiven }) => isGiven !== false, NO_SECRET)),
    audience: z.optional(text),
    scope: z.optional(text),
    extraTokenParameters: z.optional(
      z.custom<NonNullable<OAuthClientOptions['extraTokenParameters']>>(
        (value) => typeof value === 'function' || (typeof value === 'object' && value !== null),
        'must be an object or a function of the dealer id',
      ),
    ),
  },
  'must be { issuer, clientId, auth, … }',
);

const ORIGIN =
  "must be the platform's own origin, such as https://app.northwind.example, without a path; http only on a loopback host";
const BASE_PATH = 'must be a path such as /chekt, without a slash at its end';
const KEY =
  'must be 32 bytes in base64url (43 characters); make one with: ' +
  `node -p "require('crypto').randomBytes(32).toString('base64url')"`;

const schema = z.object({
  origin: z.string(ORIGIN).check(z.refine((o) => isSecureUrl(o) && new URL(o).origin === o, ORIGIN)),
  basePath: z._default(z.string(BASE_PATH).check(z.regex(/^(\/[\w.~-]+)+$/, BASE_PATH)), '/chekt'),
  platform: z.object({ name: text }, 'must be { name }'),
  partnerApi: z.object(
    {
      baseUrl: url.check(
        z.refine((text) => !/\/partner\/v1\/?$/.test(text), 'must be the part before /partner/v1'),
      ),
      notConnected: z._default(
        z.array(z.object({ status: z.int(), code: text }), 'must be a list of { status, code }'),
        [{ status: 404, code: 'dealer_not_connected' }],
      ),
    },
    'must be { baseUrl }',
  ),
  dealerSignIn: oauthClient,
  platformClient: oauthClient,
  authenticate: fn<ChektServiceOptions['authenticate']>('who is signed in to the platform'),
  store: z.custom<ChektServiceOptions['store']>(
    (value) => typeof value === 'object' && value !== null,
    'must be a store: postgresStore(pool) or, in tests, memoryStore()',
  ),
  encryptionKeys: z
    .array(
      z.object({ id: text, key: z.string(KEY).check(z.regex(/^[\w-]{43}$/, KEY)) }),
      'must be a list of { id, key }',
    )
    .check(
      z.minLength(1, 'must hold at least one key'),
      z.refine(
        (keys) => new Set(keys.map(({ id }) => id)).size === keys.length,
        'must each have their own id',
      ),
    ),
  modes: z._default(
    z
      .array(z.enum(['service', 'browser'], "must be 'service' or 'browser'"))
      .check(z.minLength(1, 'must name at least one mode')),
    ['service'],
  ),
  on: z._default(
    z.custom<NonNullable<ChektServiceOptions['on']>>((value) => typeof value === 'object'),
    {},
  ),
  logger: z._default(
    z.custom<Logger>(
      (value) => ['warn', 'error'].every((name) => typeof Object(value)[name] === 'function'),
      'must have the methods warn and error, as pino does',
    ),
    consoleLogger,
  ),
  limits: z._default(
    z.object({
      perMinute: z._default(z.int('must be a whole number').check(z.minimum(1, 'must be at least 1')), 30),
    }),
    { perMinute: 30 },
  ),
  retention: z._default(z.object({ audit: z._default(days, 400), operations: z._default(days, 1) }), {
    audit: 400,
    operations: 1,
  }),
  clock: z._default(fn<() => number>('milliseconds since 1970'), () => Date.now),
});

/** @throws {TypeError} that names each wrong option and never quotes a value */
export function parseOptions(options: unknown): Settings {
  const parsed = schema.safeParse(options);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) =>
        `${path.join('.') || 'the options'} ${message === 'Invalid input' ? 'is missing or wrong' : message}`,
    );
    throw new TypeError(`createChektService: ${problems.join('; ')}.`);
  }
  const { limits, partnerApi, retention, dealerSignIn, ...rest } = parsed.data;
  if (dealerSignIn.server && !dealerSignIn.server.authorization_endpoint) {
    throw new TypeError('createChektService: dealerSignIn.server must give authorization_endpoint.');
  }
  const baseUrl = partnerApi.baseUrl.replace(/\/+$/, '');
  return {
    ...rest,
    dealerSignIn: { scope: 'openid profile email offline_access', ...defined(dealerSignIn) },
    platformClient: rest.platformClient,
    partnerApi: { baseUrl },
    // The base URL and not its origin, because two sandbox runs on one origin are two environments.
    apiOrigin: baseUrl,
    notConnected: partnerApi.notConnected,
    perMinute: limits.perMinute,
    retentionDays: retention,
  };
}

function defined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
