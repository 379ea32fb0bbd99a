import { renderElements } from '../page.js';
import { version } from '../version.js';
import { en } from './en.js';

type Unit = 'second' | 'minute' | 'hour';

/** Every text of the element by its key; a language is complete or does not compile. Plural forms that English lacks are optional. */
export type Messages = Readonly<Record<keyof typeof en, string>> &
  Readonly<Partial<Record<`${Unit}.${Intl.LDMLPluralRule}`, string>>>;

/** Texts by lower-case language tag; English is always there. */
const languages = new Map<string, Messages>([['en', en]]);

/** How a built language has its texts: the version they belong to, then the texts in the order of the English ones. */
type PackedMessages = readonly string[];

/** Adds or replaces a language, for every element of this registration, at once. @throws {RangeError} on a tag that is none */
export function addMessages(lang: string, messages: Messages | PackedMessages): void {
  if (messages instanceof Array && messages[0] !== version) {
    console.warn(`<chekt-connect> ${version} ignores the ${lang} texts of ${messages[0]}.`);
    return;
  }
  const keys = Object.keys(en);
  languages.set(
    Intl.getCanonicalLocales(lang)[0]!.toLowerCase(),
    messages instanceof Array
      ? (Object.fromEntries(keys.map((key, index) => [key, messages[index + 1]])) as Messages)
      : messages,
  );
  latest = undefined;
  renderElements();
}

/**
 * The built languages, which write digits alike, and have one form for 1 (but for Korean, which has no other) and one for more. What
 * a page adds gets them from `Intl`, whose first use costs as much as the first render of the element.
 */
const BUILT = /^(en|es|fr|ko)\b/;

const pluralRules = new Map<string, Intl.PluralRules>();

function pluralOf(count: number, lang: string): Intl.LDMLPluralRule {
  if (BUILT.test(lang)) return count === 1 && !lang.startsWith('ko') ? 'one' : 'other';
  let rules = pluralRules.get(lang);
  if (!rules) pluralRules.set(lang, (rules = new Intl.PluralRules(lang)));
  return rules.select(count);
}

let latest: readonly [Dictionary, ...ConstructorParameters<typeof Dictionary>] | undefined;

/** The texts of the language nearest to `lang` that was added: `fr-CA`, then `fr`, then English. */
export class Dictionary {
  /** The language that is really shown, so that `lang` inside tells a screen reader the truth. */
  readonly lang: string;
  readonly #messages: Messages;
  readonly #overrides: Partial<Messages>;
  readonly #platform: string;
  readonly #made = new Map<string, unknown>();

  /** The same one while neither of these is another: for each render of an element, and for elements side by side. */
  static of(lang: string, platform: string, overrides?: Partial<Messages> | null): Dictionary {
    const [dictionary, ...given] = latest ?? [];
    if (dictionary && given[0] === lang && given[1] === platform && given[2] === overrides) return dictionary;
    latest = [new Dictionary(lang, platform, overrides), lang, platform, overrides];
    return latest[0];
  }

  /** @param platform the platform's name as the person knows it: `{platform}` in any text */
  constructor(lang: string, platform: string, overrides?: Partial<Messages> | null) {
    const tag = lang.toLowerCase();
    const found = [tag, tag.split('-')[0]!].find((candidate) => languages.has(candidate));
    this.lang = found ?? 'en';
    try {
      // the region is kept: it decides how dates and numbers look
      const [canonical] = Intl.getCanonicalLocales(lang);
      if (found || Object.keys(en).every((key) => overrides?.[key as keyof Messages])) this.lang = canonical!;
    } catch {
      // a page may write anything into lang
    }
    this.#messages = languages.get(found ?? 'en')!;
    this.#overrides = overrides ?? {};
    this.#platform = platform;
  }

  /** What was made of these texts once is not made again. */
  once<T>(key: string, make: () => T): T {
    if (!this.#made.has(key)) this.#made.set(key, make());
    return this.#made.get(key) as T;
  }

  /** The text of a key with its values put in. */
  text(key: keyof Messages, values?: Readonly<Record<string, string>>): string {
    if (values) return this.#fill(key, values);
    let text = this.#made.get(key) as string | undefined;
    if (text === undefined) this.#made.set(key, (text = this.#fill(key, {})));
    return text;
  }

  #fill(key: keyof Messages, values: Readonly<Record<string, string>>): string {
    const text = String(this.#overrides[key] ?? this.#messages[key] ?? (en as Messages)[key]);
    return text.includes('{')
      ? text.replace(
          /\{(\w+)\}/g,
          (placeholder, name: string) => values[name] ?? (name === 'platform' ? this.#platform : placeholder),
        )
      : text;
  }

  /** A duration in the largest unit that does it justice: `42 minutes`, `20 seconds`. @param ms milliseconds */
  duration(ms: number): string {
    const seconds = Math.ceil(ms / 1000);
    const [count, unit]: [number, Unit] =
      seconds <= 60
        ? [seconds, 'second']
        : seconds < 5400
          ? [Math.ceil(seconds / 60), 'minute']
          : [Math.round(seconds / 3600), 'hour'];
    const plural = `${unit}.${pluralOf(count, this.lang)}` as const;
    const isKnown = this.#overrides[plural] ?? this.#messages[plural];
    const digits = BUILT.test(this.lang) ? `${count}` : count.toLocaleString(this.lang);
    return this.text(isKnown ? plural : `${unit}.other`, { count: digits });
  }

  /** A day, or undefined where the text is no date. CHeKT also writes `YYYY-MM-DD HH:MM:SS`. */
  date(text: string): string | undefined {
    const date = new Date(text.replace(/^([\d-]{10}) /, '$1T'));
    return Number.isNaN(+date)
      ? undefined
      : new Intl.DateTimeFormat(this.lang, { dateStyle: 'long' }).format(date);
  }
}
