import { en } from '../../src/element/i18n/en.js';

/** A sentence as a person reads it on the page of these tests. */
export function words(key: keyof typeof en, values: Readonly<Record<string, string>> = {}): string {
  const all: Readonly<Record<string, string>> = { platform: 'Northwind Cloud', ...values };
  return en[key].replace(/\{(\w+)\}/g, (placeholder, name: string) => all[name] ?? placeholder);
}
