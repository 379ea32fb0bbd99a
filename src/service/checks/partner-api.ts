import type { Finding } from '../check.js';
import type { Composed } from '../compose.js';
import { UpstreamError, type Answer } from '../upstream/partner-api.js';
import { parseError } from '../upstream/wire.js';
import { clockFinding } from './clock.js';
import { findingOf } from './issuers.js';

/** Error codes of a 404 that may be about the path rather than a dealer. */
const NO_ENDPOINT = ['not_found', 'route_not_found', 'endpoint_not_found'];

/**
 * Checks that CHeKT accepts the platform's token, by reading one dealer (a made-up id if none is connected).
 */
export async function checkPartnerApi({
  store,
  api,
  platformClient,
  settings,
}: Composed): Promise<readonly Finding[]> {
  const { baseUrl } = settings.partnerApi;
  let answer: Answer;
  try {
    const known = await store.listBindings({ limit: 1 }).catch(() => undefined);
    const dealerId = known?.items[0]?.binding.dealerId ?? 1;
    const { accessToken } = await platformClient.request(dealerId);
    answer = await api.call('GET', `/partner/v1/dealers/${dealerId}`, { token: accessToken });
  } catch (error) {
    if (!(error instanceof UpstreamError)) return [findingOf(error)];
    const fix = 'Compare it with the host that CHeKT gave you, and make sure that this machine can reach it.';
    return [{ level: 'error', setting: 'partnerApi.baseUrl', message: `${baseUrl} does not answer.`, fix }];
  }
  const { status, body, date } = answer;
  const { code } = parseError(body);
  const clock = clockFinding(date, settings.clock(), 'partnerApi.baseUrl');
  if (status === 401) {
    const message = `${baseUrl} refuses a token that platformClient.issuer has just issued.`;
    const fix =
      'Make issuer, audience and baseUrl belong to the same environment (production or development).';
    return [...clock, { level: 'error', setting: 'platformClient.audience', message, fix }];
  }
  if (status === 200 || (status === 403 && code !== undefined)) return clock;
  if (status === 404 && code !== undefined) {
    if (!NO_ENDPOINT.includes(code)) return clock;
    const message = `${baseUrl} answers 404 (${code}), either because of the dealer that was requested or because of the path.`;
    const fix = 'If connecting fails as well, correct baseUrl: it is the part before /partner/v1.';
    return [...clock, { level: 'warning', setting: 'partnerApi.baseUrl', message, fix }];
  }
  if (status >= 500 || status === 429) {
    const message = `${baseUrl} has a problem now (status ${status}).`;
    const fix = 'There is nothing to change: try again. If it stays so, ask CHeKT, and compare baseUrl.';
    return [...clock, { level: 'warning', setting: 'partnerApi', message, fix }];
  }
  const message = `${baseUrl} does not answer as the Partner API does (status ${status}).`;
  return [
    ...clock,
    { level: 'error', setting: 'partnerApi.baseUrl', message, fix: 'Set it to the part before /partner/v1.' },
  ];
}
