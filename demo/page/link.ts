import { Settings } from './settings.js';

/** Keeps a link's `href` in step with the settings. */
export function link(anchor: HTMLAnchorElement, to: (settings: Settings) => Settings): void {
  const point = () => (anchor.href = to(Settings.current).href);
  point();
  addEventListener('settings', point);
}
