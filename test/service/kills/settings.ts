export interface KillableSettings {
  readonly databaseUrl: string;
  /** Where CHeKT, its issuer and the platform's hooks are. */
  readonly surroundings: string;
}
/** Headers of a request: the step after which the process is dead, and how far its clock is ahead, in milliseconds. */
export const KILL_AFTER = 'x-kill-after';
export const CLOCK_AHEAD = 'x-clock-ahead';
