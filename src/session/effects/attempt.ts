import type { RunningOperation } from '../../partner-api/operation.js';
import type { Put } from '../../partner-api/put-until-settled.js';
import type { SessionOptions } from '../options.js';
import type { Session } from '../session.js';
import type { FailedNext, Unsettled } from '../state.js';

/** One attempt to connect or to disconnect, from the press to its end. */
export interface Attempt extends RunningOperation {
  readonly session: Session;
  /** The options of the session at the press. */
  readonly options: SessionOptions;
  readonly onAttempt: Put['onAttempt'];
  /** It repeats an operation whose outcome is unknown. */
  readonly isRepeat: boolean;
  /** The operation whose outcome was unknown at the press. */
  readonly unsettled?: Unsettled;
  /** The company name or, to disconnect, the dealer id: only an attempt about the same subject repeats an operation. */
  readonly subject: string;
  /** What follows if the attempt fails. */
  next: FailedNext;
}
