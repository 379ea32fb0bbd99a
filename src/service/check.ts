import type { Composed } from './compose.js';
import { checkIssuers } from './checks/issuers.js';
import { checkPartnerApi } from './checks/partner-api.js';
import { checkStore } from './checks/store.js';

/** One observation about the set-up, and what to do about it. */
export interface Finding {
  readonly level: 'error' | 'warning' | 'info';
  /** The option to look at. */
  readonly setting: string;
  readonly message: string;
  readonly fix: string;
}

/**
 * Checks everything that can be wrong on the first day. Sends requests to the issuers and CHeKT, and changes
 * nothing there.
 */
export async function runChecks(parts: Composed): Promise<readonly Finding[]> {
  const [issuers, partnerApi, store] = await Promise.all([
    checkIssuers(parts),
    checkPartnerApi(parts),
    checkStore(parts),
  ]);
  const isVerified = [...issuers, ...partnerApi].every(({ level }) => level === 'info');
  const found = [
    ...checkOrigin(parts),
    ...issuers,
    ...partnerApi,
    ...store,
    ...(isVerified ? [verified] : []),
  ];
  // Two checks that need the same token report the same failure.
  return [...new Map(found.map((finding) => [finding.setting + finding.message, finding])).values()];
}

const verified: Finding = {
  level: 'info',
  setting: 'dealerSignIn, platformClient and partnerApi',
  message:
    'Both clients were accepted, the platform got a token, and the Partner API answered a request with it.',
  fix: 'Nothing to do.',
};

function checkOrigin({ settings }: Composed): readonly Finding[] {
  const { origin, basePath } = settings;
  const isPlain = origin.startsWith('http:');
  return [
    {
      level: 'info',
      setting: 'origin',
      message: `Pages must be on ${origin}, at the top level: the callback of a sign-in cannot be inside a frame of another site.`,
      fix: 'In a frame, set authorize-target="_top".',
    },
    ...(isPlain
      ? [
          {
            level: 'info',
            setting: 'origin',
            message: `Plain http: the service's own cookie, where one is needed, is not Secure and is kept to ${basePath}.`,
            fix: 'Use https in production.',
          } as const,
        ]
      : []),
  ];
}
