import { css } from 'lit';

/** Links, buttons and the field. */
export const controls = css`
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
`;
