import { adoptStyles, type CSSResult } from 'lit';

/**
 * Adopts the styles into a shadow root. A style sheet belongs to the window that made it, so in the document of another window,
 * such as a frame's, it is made again. See docs/decisions/styles-in-frames.md.
 */
export function adoptStylesIn(root: ShadowRoot, styles: CSSResult[]): void {
  const { defaultView } = root.ownerDocument;
  if (!defaultView || defaultView === globalThis.window) return adoptStyles(root, styles);
  const sheet = new defaultView.CSSStyleSheet();
  sheet.replaceSync(styles.join(''));
  root.adoptedStyleSheets = [sheet];
}
