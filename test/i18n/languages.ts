import '../../src/define.js';
import '../../src/element/i18n/lang/es.js';
import '../../src/element/i18n/lang/fr.js';
import '../../src/element/i18n/lang/ko.js';

/** The languages besides English, each added by one import, as on a page. */
export const added = ['es', 'fr', 'ko'] as const;
export type Added = (typeof added)[number];

/** Resolves when they have been added; each waits for the element to be defined. */
export async function languagesAdded(): Promise<void> {
  await customElements.whenDefined('chekt-connect');
}

/** Replaces no-break spaces with spaces. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ');
}
