import type { State } from './state.js';

/** The company of which the person was told that it is disconnected. The text stays, also when the source is asked afresh. */
export function disconnectedIn(state: State): string | undefined {
  return 'disconnected' in state ? state.disconnected : undefined;
}
