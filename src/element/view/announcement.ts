import { assertNever } from '../../session/state.js';
import type { ViewContext } from './context.js';
import { failureText } from './failure.js';

/** The text of the live region: what a screen reader announces. A missing company name is announced by the field's description. */
export function announcement(context: ViewContext): string {
  const { state, account, dictionary, copied } = context;
  if (copied) return dictionary.text('copied');
  const failure = state.failure;
  if (failure) return failureText(context, failure);
  switch (state.name) {
    case 'connecting':
    case 'disconnecting':
      return dictionary.text(state.slow ? 'stillWorking' : state.name);
    case 'connected':
      return state.sentName && !state.confirming
        ? dictionary.text('connectedNow', {
            company: state.binding.companyName,
            account,
          })
        : '';
    case 'authorizing':
    case 'authorized':
    case 'unauthorized':
      return state.disconnected ? dictionary.text('disconnected', { company: state.disconnected }) : '';
    case 'unconfigured':
      return '';
    default:
      return assertNever(state);
  }
}
