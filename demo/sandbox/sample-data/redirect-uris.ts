const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const CALLBACK_PATH = /^\/(?:runs\/(?<run>[a-z0-9-]{1,40})\/)?chekt\/callback$/;

/** The redirect URIs that are registered for the sample platform. */
export class RedirectUris {
  readonly #registered: ReadonlySet<string>;

  /**
   * `registered` are exact URIs, in the run `default`, besides `/chekt/callback` on any port of a loopback
   * host.
   */
  constructor(registered: readonly string[]) {
    this.#registered = new Set(registered);
  }

  /** The run that a redirect URI belongs to; undefined when it is not registered. */
  runOf(uri: string): string | undefined {
    return runOfCallback(uri) ?? (this.#registered.has(uri) ? 'default' : undefined);
  }
}

function runOfCallback(uri: string): string | undefined {
  if (!URL.canParse(uri)) return undefined;
  const { protocol, hostname, pathname, username, password, search, hash } = new URL(uri);
  if (protocol !== 'http:' || !LOOPBACK_HOSTS.has(hostname)) return undefined;
  if (username || password || search || hash) return undefined;
  const match = CALLBACK_PATH.exec(pathname);
  return match ? (match.groups?.['run'] ?? 'default') : undefined;
}
