import { css } from 'lit';

/**
 * Everything hangs on an inner wrapper that takes nothing from the page but font, colour scheme and direction: a page can undo
 * `:host`, not this. Sizes are in `em` of a base that a page's own `rem` can make larger but not smaller. Muted text, lines and
 * tinted surfaces are mixed from text and surface, so that a page that sets these two has set the others.
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
    gap: 0;
  }
  /* the platform's name breaks before CHeKT's does */
  .names > :last-child {
    flex-shrink: 9999;
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
  }
  ::slotted([slot='logo']) {
    max-height: 1.75em;
    max-width: 100%;
  }
  h2 {
    font-size: 1.25em;
    line-height: 1.3;
  }
  h2,
  h3,
  label,
  .strong,
  .tile,
  .button,
  .sentence bdi bdi {
    font-weight: 600;
    text-wrap: balance;
  }
  .muted {
    color: var(--m);
  }
  .muted,
  summary {
    font-size: 0.9375em;
  }
  /* who, or what went wrong: as high in each state, so that nothing jumps */
  .box {
    --b: var(--t);
    flex-wrap: wrap;
    align-content: center;
    min-height: 4.5em;
    padding: 0.625em 0.875em;
    border-color: color-mix(in srgb, var(--b) 18%, var(--s));
    background: color-mix(in srgb, var(--b) 5%, var(--s));
  }
  .danger {
    --b: var(--d);
  }
  .box > :last-child,
  .badge > :last-child,
  .first > :first-child {
    flex: 1;
    min-width: 0;
  }
  /* a dot between two on one line; before the first of a line it is cut off */
  .people {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1em;
    overflow: hidden;
  }
  .people > * + *::before {
    content: '·' / '';
    float: inline-start;
    width: 1em;
    margin-inline-start: -1em;
    text-align: center;
  }
  .sentence {
    min-height: 3em;
  }
  .main {
    min-height: 3em;
  }
  .quiet {
    align-content: center;
    min-height: 3.25em;
    margin-bottom: -0.5em;
  }
  @container (width < 25em) {
    .box {
      min-height: 5.75em;
    }
  }
  @container (width < 22em) {
    .box {
      min-height: 7.5em;
    }
    .sentence,
    .quiet {
      min-height: 4.5em;
    }
  }
  @container (width < 20em) {
    .person {
      display: none;
    }
  }
  .mark {
    flex: none;
    width: 2.25em;
    height: 2.25em;
    border: 1px solid var(--l);
    border-radius: 50%;
    color: var(--m);
  }
  path {
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .alert {
    align-self: start;
    width: 1.5em;
    height: 1.5em;
    border-color: currentcolor;
    color: var(--d);
  }
  .check {
    border-color: currentcolor;
    color: var(--g);
  }
  .badge,
  li {
    align-items: start;
  }
  li .mark {
    width: 1.5em;
    height: 1.5em;
    border: 0;
    color: var(--p);
  }
  a,
  button,
  summary {
    border: 0;
    border-radius: var(--chekt-button-radius, var(--r));
    background: none;
    cursor: pointer;
  }
  .link,
  summary {
    color: var(--chekt-color-link, var(--p));
    text-decoration: underline;
    text-underline-offset: 0.15em;
    padding-block: 0.875em;
  }
  .link {
    display: inline-block;
    min-width: 3.2em;
  }
  code + .link {
    margin-inline-start: 0.75em;
  }
  /* as high as its line, and as large to press as the others */
  .first .link {
    margin-block: -0.875em;
    font-size: 0.9375em;
  }
  .link.muted {
    color: var(--m);
  }
  .button {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    width: 100%;
    min-height: 3em;
    padding: 0.375em 0.5em;
    border: 1px solid var(--m);
    background: var(--b, var(--s));
    text-align: center;
    text-decoration: none;
  }
  .primary {
    --b: var(--p);
    color: var(--on);
  }
  .danger.button {
    color: var(--s);
  }
  .primary,
  .danger.button {
    border-color: #0000;
  }
  .button:hover {
    background: color-mix(in srgb, var(--b, var(--s)) 90%, var(--t));
  }
  .pair,
  .foot {
    flex-wrap: wrap;
  }
  .pair > * {
    flex: 1 10em;
  }
  input {
    width: 100%;
    min-height: 3em;
    padding-inline: 0.875em;
    border-color: var(--m);
    font-size: max(16px, 1em);
  }
  [aria-invalid] {
    border: 2px solid var(--d);
  }
  .bad {
    color: var(--d);
  }
  details {
    flex: 1 0 auto;
    min-width: 0;
  }
  .box details {
    margin-bottom: -0.625em;
  }
  details[open] {
    flex-basis: 100%;
  }
  summary {
    width: fit-content;
    list-style: none;
  }
  code {
    font-family: ui-monospace, monospace;
  }
  dl,
  dl > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375em 1em;
    margin-bottom: 0.75em;
  }
  dl > div {
    flex: 1 100%;
    gap: 0 1em;
    margin: 0;
  }
  dt {
    flex: 1 8em;
    color: var(--m);
  }
  dd {
    flex: 2 14em;
  }
  .foot,
  .ask {
    border-top: 1px solid var(--l);
    padding-top: 0.5em;
  }
  .foot {
    row-gap: 0;
    margin-bottom: -0.75em;
  }
  .foot p {
    padding-bottom: 0.75em;
  }
  .ask {
    gap: 0.75em;
    padding-top: 1.25em;
  }
  [aria-disabled] {
    cursor: default;
    opacity: 0.6;
  }
  .busy {
    opacity: 1;
  }
  .button.busy::before,
  .mark.busy {
    border: 2px solid;
    border-inline-end: 0;
    border-radius: 50%;
  }
  .button.busy::before {
    content: '';
    width: 1em;
    height: 1em;
  }
  .mark.busy {
    width: 1.5em;
    height: 1.5em;
    margin: 0.375em;
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .mark.busy,
    .button.busy::before {
      animation: 0.8s linear infinite spin;
    }
  }
  :focus-visible {
    outline: 2px solid var(--p);
    outline-offset: 2px;
  }
  [tabindex='-1'] {
    width: fit-content;
  }
  @media (forced-colors: active) {
    .primary,
    .danger.button {
      border: 3px solid;
    }
    .mark,
    path {
      border-color: CanvasText;
      stroke: CanvasText;
    }
  }
  .heard {
    position: absolute;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  /* Korean breaks between words, not in them */
  :lang(ko) {
    word-break: keep-all;
  }
  :host([hidden]) .base,
  p:empty,
  li:empty {
    display: none;
  }
`;
