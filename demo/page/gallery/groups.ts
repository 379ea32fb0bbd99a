import type { Cell, CellGroup } from './cell.js';
import { consent } from './consent.js';
import { failures } from './failures.js';
import { connected, form, signIn } from './states.js';

export const groups: readonly CellGroup[] = [
  { name: 'Sign in', cells: signIn },
  { name: 'Connect', cells: form },
  { name: 'Somebody or something else than was shown', cells: consent },
  { name: 'Connected', cells: connected },
  { name: 'Errors on connect', cells: failures },
];

/** The id of a state's section, which is also used in the link to that state alone. */
export const idOf = ({ id }: Cell): string => id.replace(/\W+/g, '-');

export const cells: readonly Cell[] = groups.flatMap((group) => group.cells);
