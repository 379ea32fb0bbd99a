import { css } from 'lit';

/** Links, buttons and the field. */
export const controls = css`
  a,
  button,
  summary {
    border: 0;
    border-radius: var(--chekt-button-radius, var(--r));
    background: none;
    /* a label from left to right ends at its right on a page from right to left, too */
    unicode-bidi: plaintext;
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
    text-align: start;
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
    /* no flex box: in Firefox, its text would not get the direction that is set above */
    display: block;
    align-content: center;
    width: 100%;
    min-height: 3em;
    padding: 0.375em 0.5em;
    border: 1px solid var(--m);
    background: var(--b, var(--s));
    text-align: center;
    text-decoration: none;
    overflow-wrap: break-word;
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
  .button:not([aria-disabled]):hover {
    background: color-mix(in srgb, var(--b, var(--s)) 90%, var(--t));
  }
  .button:not([aria-disabled]):active {
    background: color-mix(in srgb, var(--b, var(--s)) 80%, var(--t));
  }
  .link:not([aria-disabled]):hover,
  summary:hover {
    text-decoration: none;
  }
  .pair,
  .foot {
    flex-wrap: wrap;
  }
  .pair > * {
    align-self: stretch;
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
`;
