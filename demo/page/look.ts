import type { Settings } from './settings.js';
import { applyPartnerTheme } from './themes.js';

/** Themes and text size are those of the whole page; language, direction and width are the element's. */
export function applyLook(settings: Settings): void {
  const root = document.documentElement;
  root.dataset.theme = settings.choice('theme');
  root.style.fontSize = `${settings.choice('text')}%`;
  const width = settings.choice('width');
  root.style.setProperty('--width', width === 'auto' ? width : `${width}px`);
  applyPartnerTheme(settings);
  for (const place of document.querySelectorAll<HTMLElement>('.look')) {
    place.lang = settings.choice('lang');
    place.dir = settings.choice('dir');
  }
}
