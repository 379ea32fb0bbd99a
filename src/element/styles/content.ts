import { css } from 'lit';

/** Texts, boxes and icons. */
export const content = css`
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
  /* the same height in each state, so that nothing below it moves */
  .box {
    --b: var(--t);
    --w: 5%;
    flex-wrap: wrap;
    align-content: center;
    min-height: 4.5em;
    padding: 0.625em 0.875em;
    border-color: color-mix(in srgb, var(--b) 18%, var(--s));
    background: color-mix(in srgb, var(--b) var(--w), var(--s));
  }
  .danger {
    --b: var(--d);
    --w: 10%;
  }
  .box > :last-child,
  .badge > :last-child,
  .first > :first-child {
    flex: 1 8em;
    min-width: 0;
  }
  /* a large text gets a line of its own, below its mark or above "Change" */
  .badge,
  .first {
    row-gap: 0;
    flex-wrap: wrap;
  }
  /* a dot between two on one line; before the first of a line it is cut off */
  .people {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1em;
    overflow: hidden;
  }
  .people > * + *::before {
    content: '\\b7' / '';
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
`;
