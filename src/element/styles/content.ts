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
    min-height: max(4.5em, 13em - 28cqi);
    padding: 0.625em 0.875em;
    border-color: color-mix(in srgb, var(--b) 18%, var(--s));
    background: color-mix(in srgb, var(--b) 5%, var(--s));
  }
  .danger {
    --b: var(--d);
  }
  .box > div,
  .badge > div {
    flex: 1;
    min-width: 0;
  }
  .sentence {
    min-height: clamp(3em, 13em - 40cqi, 4.5em);
  }
  .main {
    min-height: 3em;
  }
  .quiet {
    align-content: center;
    min-height: 3.25em;
    margin-bottom: -0.5em;
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
