import assert from 'node:assert/strict';
import { inspect } from 'node:util';

/** What is too short could be found by chance. */
const SHORTEST = 12;
const TOKENS = ['access_token', 'refresh_token', 'id_token'];
const PROOFS = ['code', 'code_verifier', 'client_secret', 'client_assertion', 'refresh_token'];
/** What an answer is for. A browser's own cookie may be in any. */
const HANDED_OUT = [
  { by: '/authorize', secrets: ['state', 'nonce'] },
  // The page that loads itself again, for a session cookie that is SameSite=Strict.
  { by: '/callback', secrets: ['state', 'code'] },
  { by: '/browser-token', secrets: ['access_token'] },
];

/**
 * Looks on while a world is used: at the secrets that pass, and at everything that the services say. `check` finds whatever appears in
 * clear where it must not.
 */
export class Witness {
  readonly #secrets = new Map<string, string>();
  readonly #logged: string[] = [];
  readonly #thrown: string[] = [];
  readonly #answered: { readonly what: string; readonly text: string }[] = [];
  readonly #origins = new Set<string>();
  readonly #restore: () => void;

  constructor() {
    const real = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const answer = await real(input, init);
      await this.#see(new URL(input instanceof Request ? input.url : input), init, answer);
      return answer;
    };
    this.#restore = () => {
      globalThis.fetch = real;
    };
  }

  get secrets(): ReadonlySet<string> {
    return new Set(this.#secrets.keys());
  }

  secret(what: string, value: string | undefined): void {
    if (value !== undefined && value.length >= SHORTEST) this.#secrets.set(value, what);
  }

  log(line: object): void {
    this.#logged.push(inspect(line, { depth: 8, breakLength: Infinity }));
  }

  /** What an origin answers is what the service says. */
  watch(origin: string): void {
    this.#origins.add(origin);
  }

  /** The same object, whose rejections are seen, with all that hangs on them. */
  throwing<Target extends object>(target: Target): Target {
    const note = (error: unknown) => {
      this.#thrown.push(inspect(error, { depth: 8, showHidden: true }));
      throw error;
    };
    return new Proxy(target, {
      get: (_, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          const result: unknown = Reflect.apply(value, target, args);
          return result instanceof Promise ? result.catch(note) : result;
        };
      },
    });
  }

  /** @param stored every row of every table */
  check(stored: readonly string[]): void {
    this.#restore();
    const found: string[] = [];
    const look = (where: string, texts: readonly string[], ...except: string[]) => {
      const all = texts.join('\n');
      for (const [secret, what] of this.#secrets) {
        if (!except.includes(what) && all.includes(secret)) found.push(`${what} ${where}`);
      }
    };
    look('in the log', this.#logged);
    look('in an error', this.#thrown);
    look('in a table', stored);
    for (const { what, text } of this.#answered) {
      const handed = HANDED_OUT.filter(({ by }) => what.endsWith(by)).flatMap(({ secrets }) => secrets);
      look(`in the answer to ${what}`, [text], 'own cookie', ...handed);
    }
    assert.deepEqual([...new Set(found)], [], 'secrets appear in clear');
  }

  async #see(url: URL, init: RequestInit | undefined, answer: Response): Promise<void> {
    if (url.pathname.endsWith('/oauth/token')) {
      const body: unknown = await answer
        .clone()
        .json()
        .catch(() => null);
      for (const name of TOKENS) this.#note(name, (body as Record<string, unknown> | null)?.[name]);
      const form = new URLSearchParams(String(init?.body ?? ''));
      // check() sends a code that is none
      for (const name of PROOFS)
        if (form.get(name) !== 'chekt-connect-check') this.#note(name, form.get(name));
    }
    if (!this.#origins.has(url.origin)) return;
    for (const line of answer.headers.getSetCookie()) this.secret('own cookie', /=([^;]*)/.exec(line)?.[1]);
    const headers = [...answer.headers].map((pair) => pair.join(': ')).join('\n');
    const text = await answer
      .clone()
      .text()
      .catch(() => '');
    this.#answered.push({ what: url.pathname, text: `${headers}\n${text}` });
  }

  #note(what: string, value: unknown): void {
    if (typeof value === 'string') this.secret(what, value);
  }
}
