import { assertNever, disconnectedIn } from '../../session/state.js';
import { hasEnded } from './connect-screen.js';
import { remarksOf } from './connected-screen.js';
import type { ViewContext } from './context.js';
import { failureSentences } from './failure.js';
import { formerBindingIn } from './frame.js';
import { signedInNow } from './signed-in-now.js';
import type { Sentence } from './text.js';

/** What is true now and worth an announcement. `LiveRegion` announces each of these sentences when it comes up. */
export function sentencesOf(context: ViewContext): string[] {
  const { state, dictionary, copied } = context;
  const form = state.name === 'authorized' ? state : undefined;
  const sentences: readonly (Sentence | false | undefined)[] = [
    formerBindingIn(context),
    ...stateSentences(context),
    form?.nameMissing && ['companyNameMissing'],
    form && hasEnded(form) && ['title.unauthorized'],
    copied && ['copied'],
  ];
  return sentences.flatMap((sentence) => (sentence ? dictionary.text(...sentence) : []));
}

/** What went wrong, else what has changed, else what the state is about. */
function stateSentences(context: ViewContext): readonly Sentence[] {
  const { state, account } = context;
  if (state.failure) return failureSentences(context, state.failure);
  const company = disconnectedIn(state);
  if (state.name === 'authorized' && state.changed) {
    return [signedInNow(state) ?? ['title.conflict.sign_in_changed']];
  }
  if (company) return [['disconnected', { company }]];
  switch (state.name) {
    case 'authorizing':
      return [['loading']];
    case 'unauthorized':
      return [['signInFirst']];
    case 'authorized':
      return [['signedIn']];
    case 'connecting':
    case 'disconnecting':
      return [[state.slow ? 'stillWorking' : state.name]];
    case 'connected':
      // a binding that the page has set is no news
      return state.sentName
        ? [['connectedNow', { company: state.binding.companyName, account }], ...remarksOf(state)]
        : [];
    case 'unconfigured':
      return [];
    default:
      return assertNever(state);
  }
}
