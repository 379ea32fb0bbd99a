import { css } from 'lit';

/** What can be expanded, and the question before a disconnect. */
export const details = css`
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
  details p {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 1em;
    padding-top: 0.25em;
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
`;
