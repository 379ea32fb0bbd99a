import type { ViewContext } from './context.js';
import { failureText } from './failure.js';
import { failureOf } from '../connection/state.js';

/** What a screen reader is told of this state, without being asked. An empty field is told by its own description. */
export function announcement(context: ViewContext): string {
  const { state, dictionary, copied } = context;
  if (copied) return dictionary.text('copied');
  const failure = failureOf(state);
  if (failure) return failureText(context, failure);
  switch (state.name) {
    case 'connecting':
    case 'disconnecting':
      return dictionary.text(state.slow ? 'stillWorking' : state.name);
    case 'connected':
      return state.typedName && !state.confirming
        ? dictionary.text('connectedNow', { company: state.binding.companyName })
        : '';
    case 'authorizing':
    case 'authorized':
    case 'unauthorized':
      return state.disconnected ? dictionary.text('disconnected', { company: state.disconnected }) : '';
    default:
      return '';
  }
}
