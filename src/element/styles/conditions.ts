import { css } from 'lit';

/** Disabled, busy, focused and hidden; reduced motion, forced colors and language. */
export const conditions = css`
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
    display: inline-block;
    width: 1em;
    height: 1em;
    margin: 0 0.25em -0.125em;
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
    border-radius: var(--r);
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
  /* Korean lines break between words, not within them */
  :lang(ko) {
    word-break: keep-all;
  }
  :host([hidden]) .base,
  p:empty,
  ul:not(:has(li)) {
    display: none;
  }
`;
