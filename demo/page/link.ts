import { Settings } from './settings.js';

/** Points a link to what follows from the settings, also when something is chosen later. */
export function link(anchor: HTMLAnchorElement, to: (settings: Settings) => Settings): void {
  const point = () => (anchor.href = to(Settings.current).href);
  point();
  addEventListener('settings', point);
}
