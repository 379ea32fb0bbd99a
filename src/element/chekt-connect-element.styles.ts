import { css } from 'lit';

/**
 * Everything hangs on an inner wrapper that takes nothing from the page but font, colour scheme and direction: a page can undo
 * `:host`, not this. Sizes are in `em` of a base that a page's own `rem` can make larger but not smaller.
 */
export const styles = css`
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
    --primary: var(--chekt-color-primary, light-dark(#05a, #8cf));
    --muted: var(--chekt-color-muted, light-dark(#567, #abc));
    --danger: var(--chekt-color-danger, light-dark(#b22, #fa9));
    all: initial;
    color-scheme: inherit;
    flex: 1;
    max-inline-size: 56em;
    padding: min(5%, 1.5em);
    background: var(--chekt-color-surface, light-dark(#fff, #123));
    color: var(--chekt-color-text, light-dark(#123, #fff));
    font-family: var(--chekt-font-family, inherit);
    font-size: max(16px, 1rem);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .base,
  .boxes,
  section,
  form,
  dl {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 0.5em;
  }
  .base,
  .boxes {
    gap: var(--chekt-spacing, 1em);
  }
  .boxes {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17em), 1fr));
    container-type: inline-size;
  }
  .base,
  section {
    border: 1px solid var(--chekt-color-border, light-dark(#cde, #456));
  }
  .base,
  section,
  a,
  button,
  input {
    border-radius: var(--chekt-border-radius, 0.5em);
  }
  section {
    padding: min(5%, 1em);
  }
  /* the room that a sign-in takes, which has more lines where there is less width: nothing jumps when it comes */
  section:first-child {
    min-block-size: max(15em, 33em - 62cqi);
  }
  section + section {
    background: #8881;
  }
  .notice {
    border-inline-start: 4px solid var(--danger);
  }
  .later,
  .button,
  [part~='authorize-button'] {
    text-align: center;
  }
  .later {
    align-content: center;
    min-block-size: 12.5em;
    border-style: dashed;
  }
  h2 {
    font-size: 1.25em;
    line-height: 1.25;
  }
  h2,
  h3,
  label,
  .button,
  [part~='authorize-button'] {
    font-weight: 600;
  }
  ul {
    padding-inline-start: 1.25em;
  }
  section div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.75em;
  }
  dt {
    flex: 1 7em;
  }
  dd {
    flex: 3 11em;
  }
  dt,
  .muted {
    color: var(--muted);
  }
  .muted {
    font-size: 0.875em;
  }
  .done::before,
  h2:has(+ [part~='binding'])::before,
  .bad::before {
    content: '!' / '';
    margin-inline-end: 0.5em;
    padding-inline: 0.4em;
    border: 2px solid;
    border-radius: 1em;
    font-weight: 600;
  }
  .done::before,
  h2:has(+ [part~='binding'])::before {
    content: '\u2713' / '';
    padding-inline: 0.25em;
    color: var(--chekt-color-success, light-dark(#174, #8da));
  }
  a,
  button,
  input {
    min-inline-size: 2.75em;
    padding-block: 0.6em;
    border: 1px solid #0000;
    background: none;
  }
  a,
  button {
    justify-self: start;
    color: var(--primary);
    text-decoration: underline;
  }
  .button,
  [part~='authorize-button'] {
    margin-block: 0.25em;
    padding-inline: 1em;
    background: var(--primary);
    color: var(--chekt-color-on-primary, light-dark(#fff, #123));
    text-decoration: none;
  }
  .plain {
    border-color: currentcolor;
    background: none;
    color: inherit;
  }
  .bad::before,
  .danger {
    color: var(--danger);
  }
  input {
    border-color: var(--muted);
    padding-inline: 1em;
  }
  [aria-invalid] {
    border-color: var(--danger);
  }
  [aria-disabled] {
    border-style: dashed;
    filter: grayscale(1) opacity(0.8);
  }
  .heard {
    position: absolute;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  :focus-visible {
    outline: 3px solid var(--primary);
    outline-offset: 2px;
  }
  /* Korean breaks between words, not in them */
  :lang(ko) {
    word-break: keep-all;
  }
  :host([hidden]) .base,
  p:empty,
  li:empty,
  ul:has(:first-child:empty),
  p:has(bdi:empty),
  section div:has(bdi:empty),
  dl:not(:has(bdi:not(:empty))) {
    display: none;
  }
`;
