import type { State } from './state.js';

/** The company that the notice "… is disconnected" is about. The notice stays while the source is asked again. */
export function disconnectedIn(state: State): string | undefined {
  return 'disconnected' in state ? state.disconnected : undefined;
}
