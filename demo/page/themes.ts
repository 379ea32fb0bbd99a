import { make } from './dom.js';
import type { Settings } from './settings.js';

const files = {
  material: new URL('../../docs/themes/material.css', import.meta.url).href,
  shadcn: new URL('../../docs/themes/shadcn.css', import.meta.url).href,
  bootstrap: new URL('../../docs/themes/bootstrap.css', import.meta.url).href,
} as const;

/**
 * Loads one of the themes from the docs like a partner's page would: as a style sheet that sets custom
 * properties.
 */
export function applyPartnerTheme(settings: Settings): void {
  const partner = settings.choice('partner');
  const old = document.head.querySelector<HTMLElement>('link[data-partner]');
  if (old?.dataset['partner'] === partner) return;
  old?.remove();
  if (partner === 'none') return;
  document.head.append(make('link', { rel: 'stylesheet', href: files[partner], 'data-partner': partner }));
}
