import { css } from 'lit';

/**
 * Everything hangs on an inner wrapper: a page can undo `:host`, not this. Sizes are in `em` of a base that a page's own `rem` can
 * make larger but not smaller.
 */
export const styles = css`
  :host {
    display: block;
  }
  :host([hidden]) .base {
    display: none;
  }
  *,
  ::before {
    box-sizing: border-box;
  }
  .base {
    --primary: var(--chekt-color-primary, light-dark(#0b5cad, #8cc2ff));
    --on-primary: var(--chekt-color-on-primary, light-dark(#fff, #06213d));
    --surface: var(--chekt-color-surface, light-dark(#fff, #171b21));
    --text: var(--chekt-color-text, light-dark(#1b2430, #eef2f7));
    --muted: var(--chekt-color-muted, light-dark(#556070, #a9b5c4));
    --border: var(--chekt-color-border, light-dark(#cdd5df, #3d4855));
    --danger: var(--chekt-color-danger, light-dark(#b3261e, #ffb4ab));
    --success: var(--chekt-color-success, light-dark(#1a7340, #7fdca4));
    --radius: var(--chekt-border-radius, 0.5em);
    --gap: var(--chekt-spacing, 1em);
    display: flow-root;
    flex: 1 1 100%;
    min-inline-size: min(15em, 100%);
    max-inline-size: 56em;
    padding: calc(var(--gap) * 1.25);
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
    font: normal 400 max(16px, 1rem) / 1.5 var(--chekt-font-family, inherit);
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    white-space: normal;
    overflow-wrap: anywhere;
    visibility: visible;
    cursor: auto;
  }
  h2,
  h3,
  p,
  dl,
  dd,
  ul {
    margin: 0;
    padding: 0;
  }
  h2 {
    font-size: 1.25em;
    line-height: 1.3;
    font-weight: 650;
    margin-block-end: var(--gap);
  }
  h3 {
    font-size: 1em;
    font-weight: 650;
  }
  .boxes {
    display: grid;
    gap: var(--gap);
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17em), 1fr));
  }
  .box,
  .notice {
    padding: var(--gap);
    border: 1px solid var(--border);
    border-radius: var(--radius);
    display: grid;
    gap: 0.5em;
    align-content: start;
  }
  .alone {
    min-block-size: 22em;
  }
  .notice {
    margin-block: var(--gap);
    border-inline-start-width: 4px;
  }
  .notice.danger {
    border-color: var(--danger);
  }
  ul {
    padding-inline-start: 1.25em;
  }
  dl {
    display: grid;
    gap: 0.5em;
  }
  dt,
  .muted {
    color: var(--muted);
    font-size: 0.875em;
  }
  dd {
    margin-block-start: -0.4em;
  }
  form {
    display: grid;
    gap: 0.375em;
    margin-block-start: var(--gap);
  }
  label {
    font-weight: 650;
  }
  input {
    font: inherit;
    color: inherit;
    background: transparent;
    inline-size: 100%;
    min-block-size: 2.75em;
    padding: 0 0.75em;
    margin: 0;
    border: 1px solid var(--muted);
    border-radius: var(--radius);
    appearance: none;
  }
  input[aria-invalid] {
    border-color: var(--danger);
    box-shadow: inset 0 0 0 1px var(--danger);
  }
  .field-error {
    color: var(--danger);
  }
  .field-error:empty,
  .status:empty,
  dl:empty {
    display: none;
  }
  .button,
  .link {
    font: inherit;
    margin: 0;
    cursor: pointer;
    min-block-size: 2.75em;
    border-radius: var(--radius);
    border: 1px solid transparent;
    appearance: none;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    padding: 0.5em 1.25em;
    justify-self: start;
    font-weight: 650;
    text-align: center;
    text-decoration: none;
    background: var(--primary);
    color: var(--on-primary);
  }
  .button.plain {
    background: transparent;
    color: inherit;
    border-color: var(--muted);
  }
  .button.danger {
    background: var(--danger);
    color: var(--surface);
  }
  form > .button {
    margin-block-start: 0.5em;
  }
  .link {
    display: inline-flex;
    align-items: center;
    justify-self: start;
    padding: 0;
    background: none;
    color: var(--primary);
    text-decoration: underline;
    text-align: start;
  }
  .muted .link {
    padding-inline: 0.5em;
  }
  .button:hover,
  .link:hover {
    filter: brightness(0.92);
  }
  [aria-disabled] {
    cursor: not-allowed;
    opacity: 0.6;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em;
  }
  .way-out {
    margin-block: var(--gap) 0.5em;
  }
  .status {
    margin-block-start: 0.75em;
  }
  .heard {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  code {
    font:
      0.95em ui-monospace,
      monospace;
    user-select: all;
  }
  :focus-visible {
    outline: 3px solid var(--primary);
    outline-offset: 2px;
  }
  h2:focus-visible,
  h3:focus-visible {
    outline-offset: 4px;
  }
`;
