/** Everything that can be chosen is in the URL, so that a link shows somebody else the same. */
import type { Mode } from './embed.js';

export const attributeNames = [
  'service-url',
  'external-dealer-id',
  'account-name',
  'platform-name',
  'platform-scope',
  'company-name',
  'api-base-url',
  'token-url',
  'authorize-url',
  'disconnect-base-url',
  'timeout',
  'disabled',
] as const;
export type AttributeName = (typeof attributeNames)[number];

/** What a person can choose; the first value is the default and is left out of the URL. */
export const choices = {
  mode: ['service', 'browser'],
  account: ['adc-67890', 'adc-11111'],
  theme: ['auto', 'light', 'dark'],
  partner: ['none', 'material', 'shadcn', 'bootstrap'],
  lang: ['en', 'es', 'fr', 'ko'],
  dir: ['ltr', 'rtl'],
  width: ['auto', '240', '320', '480', '640', '900'],
  text: ['100', '125', '150', '200'],
} as const;
export type Choice = keyof typeof choices;

export class Settings {
  readonly #parameters: URLSearchParams;

  constructor(search: string) {
    this.#parameters = new URLSearchParams(search);
  }

  /** The URL is the only place where they are kept. */
  static get current(): Settings {
    return new Settings(location.search);
  }

  /** Puts them into the URL of this page as it is. */
  keep(): void {
    history.replaceState(null, '', this.href);
    dispatchEvent(new Event('settings'));
  }

  /** One of the values of a choice; what is no value of it counts as not said. */
  choice<C extends Choice>(name: C, otherwise: (typeof choices)[C][number] = choices[name][0]) {
    const values: readonly (typeof choices)[C][number][] = choices[name];
    return values.find((value) => value === this.#parameters.get(name)) ?? otherwise;
  }

  /** The run that keeps this tester apart from every other; empty: a new one is to be begun. */
  get run(): string {
    const run = this.#parameters.get('run') ?? '';
    return /^[a-z0-9-]{1,40}$/.test(run) ? run : '';
  }

  get scenario(): string {
    return this.#parameters.get('scenario') ?? '';
  }

  /** The one state of the gallery that is wanted; empty: all. */
  get state(): string {
    return this.#parameters.get('state') ?? '';
  }

  get view(): 'page' | 'gallery' {
    return this.#parameters.get('view') === 'gallery' ? 'gallery' : 'page';
  }

  /** Switches of the sandbox that the tester has set. The sandbox refuses what it does not know. */
  get switches(): Readonly<Record<string, string | number>> {
    try {
      return JSON.parse(this.#parameters.get('switches') ?? '{}');
    } catch {
      return {};
    }
  }

  withSwitch(name: string, value: string | number): Settings {
    return this.with({ switches: JSON.stringify({ ...this.switches, [name]: value }) });
  }

  /** Another release of the script-tag file, on this origin. */
  get build(): string | undefined {
    const path = this.#parameters.get('build') ?? '';
    return /^\/dist(\/[\w-][\w.-]*)+\.js$/.test(path) ? path : undefined;
  }

  /** An attribute as the URL says it; `null`: without this attribute; `undefined`: the URL does not say. */
  attribute(name: AttributeName): string | null | undefined {
    const value = this.#parameters.get(name);
    return value === '' ? null : (value ?? undefined);
  }

  /** The same page with some parameters changed; `null` takes one away. */
  with(changes: Readonly<Record<string, string | null>>): Settings {
    const parameters = new URLSearchParams(this.#parameters);
    for (const [name, value] of Object.entries(changes)) {
      // the default of the mode is the scenario's
      const isDefault = name !== 'mode' && name in choices && value === choices[name as Choice][0];
      if (value === null || isDefault) parameters.delete(name);
      else parameters.set(name, value);
    }
    return new Settings(parameters.toString());
  }

  /** A scenario from its beginning: how the page looks is kept, what was done in it is not. */
  forScenario({ id, mode }: { readonly id: string; readonly mode?: Mode }): Settings {
    const dropped = [
      'run',
      'account',
      'view',
      'state',
      'switches',
      ...(mode ? ['mode'] : []),
      ...attributeNames,
    ];
    return this.with({ ...Object.fromEntries(dropped.map((name) => [name, null])), scenario: id });
  }

  get href(): string {
    return `${location.pathname}?${this.#parameters}`;
  }
}
