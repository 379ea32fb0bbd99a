import { en } from '../../src/element/i18n/en.js';

/** A text of the element as a person reads it on this page. The texts have tests of their own. */
export function words(key: keyof typeof en, values: Readonly<Record<string, string>> = {}): string {
  const all: Record<string, string> = {
    platform: 'Northwind Cloud',
    company: 'Acme Security Systems, Inc.',
    account: 'adc-67890',
    ...values,
  };
  return en[key].replace(/\{(\w+)\}/g, (placeholder, name: string) => all[name] ?? placeholder);
}
