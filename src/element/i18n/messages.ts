import { en } from './en.js';
import { lookUpOrder } from './language.js';

/** Every text of the element by its key. The languages of this package have all of them. */
export type Messages = Readonly<Record<keyof typeof en, string>>;

/** Texts by language tag in lower case. English is always included. */
const languages = new Map<string, Partial<Messages>>([['en', en]]);
const listeners = new Set<() => void>();

/**
 * Adds or replaces a language for every element at once. A key that it lacks is shown in English.
 * @throws {RangeError} on a malformed language tag
 */
export function addMessages(lang: string, messages: Partial<Messages>): void {
  languages.set(Intl.getCanonicalLocales(lang)[0]!.toLowerCase(), messages);
  for (const listener of listeners) listener();
}

/** @returns a function that removes the listener */
export function onLanguageAdded(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface DictionaryOptions {
  /** The requested language. */
  readonly lang: string;
  /** The platform's name: `{platform}` in any text. */
  readonly platform: string;
  readonly overrides?: Partial<Messages> | null;
  /** Applied to every final text. */
  readonly redact: (text: string) => string;
}

/** Part of a text: a name, or what is between names. */
export interface TextPart {
  readonly text: string;
  readonly isName: boolean;
}

/** The texts of one language. */
export class Dictionary {
  /** The language of the texts, for the `lang` attribute: a screen reader has to pronounce what is really shown. */
  readonly lang: string;
  readonly #messages: Partial<Messages>;
  readonly #overrides: Partial<Messages>;
  /** The platform's name, redacted. */
  readonly platform: string;
  readonly #redact: (text: string) => string;

  constructor({ lang, platform, overrides, redact }: DictionaryOptions) {
    const found = lookUpOrder(lang).find((tag) => languages.has(tag));
    const isOverridden = () => Object.keys(en).every((key) => overrides?.[key as keyof Messages]);
    // keeps the region, which decides how dates and numbers are formatted
    const canonical = canonicalTag(lang);
    this.lang = canonical && (found || isOverridden()) ? canonical : (found ?? 'en');
    this.#messages = languages.get(found ?? 'en')!;
    this.#overrides = overrides ?? {};
    this.platform = redact(platform);
    this.#redact = redact;
  }

  /** The text of a key, with its values filled in. */
  text(key: keyof Messages, values: Readonly<Record<string, string>> = {}): string {
    const parts = this.#cut(key, values).map(({ text }) => text);
    return this.#redact(parts.join(''));
  }

  /** The text of a key, split at the names in it. */
  parts(key: keyof Messages, values: Readonly<Record<string, string>> = {}): TextPart[] {
    return this.#cut(key, values).map(({ text, isName }) => ({ text: this.#redact(text), isName }));
  }

  #cut(key: keyof Messages, values: Readonly<Record<string, string>>): TextPart[] {
    const text = String(this.#overrides[key] ?? this.#messages[key] ?? en[key]);
    const known = new Map(Object.entries({ platform: this.platform, ...values }));
    // the captured placeholders are at the odd indexes
    return text.split(/(\{\w+\})/).map((part, at) => {
      const value = at % 2 ? known.get(part.slice(1, -1)) : undefined;
      return { text: value ?? part, isName: value !== undefined };
    });
  }

  /** A duration in one unit, rounded: `20 seconds`, `42 minutes`, `2 hours`. @param ms milliseconds */
  duration(ms: number): string {
    const seconds = Math.ceil(ms / 1000);
    const [count, unit] =
      seconds <= 60
        ? [seconds, 'second']
        : seconds < 5400
          ? [Math.ceil(seconds / 60), 'minute']
          : [Math.round(seconds / 3600), 'hour'];
    return new Intl.NumberFormat(this.lang, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  }

  /** A day, or undefined if the value is not a date. A date without a time is the same day in every time zone. */
  date(value: string | number | Date): string | undefined {
    const date = typeof value === 'string' ? parseDate(value) : new Date(value);
    if (Number.isNaN(Number(date))) return undefined;
    const timeZone = isDay(value) ? 'UTC' : undefined;
    return new Intl.DateTimeFormat(this.lang, { dateStyle: 'long', timeZone }).format(date);
  }
}

/** Undefined for a malformed tag: a page can write anything into `lang`. */
function canonicalTag(lang: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(lang.replace(/_/g, '-'))[0];
  } catch {
    return undefined;
  }
}

const isDay = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);

/** ISO 8601 and its variants in databases: a space instead of the `T`, a zone offset of two digits, microseconds; milliseconds as text. */
function parseDate(text: string): Date {
  if (/^\d{13}$/.test(text)) return new Date(Number(text));
  return new Date(
    text
      .replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
      .replace(/(\.\d{3})\d+/, '$1')
      .replace(
        /(:.*?) ?([+-]\d\d):?(\d\d)?$/,
        (_, time: string, hours: string, minutes = '00') => `${time}${hours}:${minutes}`,
      ),
  );
}
