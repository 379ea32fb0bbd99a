import { byId } from './dom.js';
import type { Settings } from './settings.js';

/** Theme and text size are those of the whole page; language, direction and width are the element's. */
export function applyLook(settings: Settings, stage = byId('stage')): void {
  const root = document.documentElement;
  root.dataset.theme = settings.choice('theme');
  root.style.fontSize = `${settings.choice('text')}%`;
  stage.lang = settings.choice('lang');
  stage.dir = settings.choice('dir');
  const width = settings.choice('width');
  stage.style.inlineSize = width === 'auto' ? '' : `${width}px`;
}
