import type { Environment } from './records.js';

/** Whether both are of one API and one client, so that the credentials of one can tell something of the other. */
export function isSameEnvironment(one: Environment, other: Environment): boolean {
  return one.apiOrigin === other.apiOrigin && one.clientId === other.clientId;
}
