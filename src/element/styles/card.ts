import { css } from 'lit';

/**
 * The card, and how things are arranged on it. Everything is styled on an inner wrapper, which takes only font, color scheme and
 * direction from the page: a page can override `:host`, but not the wrapper. Sizes are in `em` of a base size that the page's `rem`
 * can make larger but not smaller. Muted text, lines and tinted surfaces are mixed from text and surface, so that a page that sets
 * these two has set the others.
 */
export const card = css`
  :host {
    display: block;
  }
  * {
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    color: inherit;
    font: inherit;
  }
  .base {
    --t: var(--chekt-color-text, light-dark(#1a1f2c, #f0f2f6));
    --s: var(--chekt-color-surface, light-dark(#fff, #17191e));
    --m: var(--chekt-color-muted, color-mix(in srgb, var(--t) 70%, var(--s)));
    --l: var(--chekt-color-border, color-mix(in srgb, var(--t) 16%, var(--s)));
    --p: var(--chekt-color-primary, light-dark(#0a5cd6, #8db9ff));
    --on: var(--chekt-color-on-primary, light-dark(#fff, #10131a));
    --d: var(--chekt-color-danger, light-dark(#bf1f2b, #ff9f98));
    --g: var(--chekt-color-success, light-dark(#0c7a45, #63d69d));
    --r: var(--chekt-border-radius, 0.5em);
    all: initial;
    color-scheme: inherit;
    flex: 1;
    max-width: 32em;
    padding: clamp(1em, 6%, 2em);
    box-shadow: 0 6px 24px -8px #0003;
    color: var(--t);
    font-family: var(--chekt-font-family, inherit);
    font-size: var(--chekt-font-size, max(15px, 0.9375rem));
    line-height: 1.5;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .base,
  .stack,
  ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 0.375em;
  }
  .base {
    gap: var(--chekt-spacing, 1.25em);
  }
  .base,
  .tile,
  .box,
  input {
    border: 1px solid var(--l);
    border-radius: var(--r);
    background: var(--s);
  }
  .names,
  .box,
  .badge,
  .first,
  .pair,
  .foot,
  li {
    display: flex;
    align-items: center;
    gap: 0.625em;
  }
  .act {
    container-type: inline-size;
    gap: 0.75em;
  }
  .names {
    flex-wrap: wrap;
    gap: 0.5em 0;
  }
  /* the platform's name breaks before CHeKT's does, and between its words */
  .names > :last-child {
    flex: 1 1 min-content;
    max-width: max-content;
  }
  .names i {
    flex: none;
    width: 1.5em;
    border-top: 2px dotted var(--m);
  }
  .tile {
    display: grid;
    place-content: center;
    min-height: 2.5em;
    padding-inline: 0.75em;
    overflow-wrap: break-word;
  }
  ::slotted([slot='logo']) {
    max-height: 1.75em;
    max-width: 100%;
  }
`;
