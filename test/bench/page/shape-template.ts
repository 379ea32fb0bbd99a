import type { Shape } from './shape.js';

declare global {
  interface Window {
    /** What the widget has rendered, on the pages of the floors that render the same. */
    readonly shape: Shape;
  }
}

const { markup, texts, css } = window.shape;

/** The markup of the shape, as Lit takes it from a tagged template. */
export const strings: TemplateStringsArray = Object.assign([...markup], { raw: markup });
export { texts };
export const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
