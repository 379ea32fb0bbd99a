import type { Finding } from '../check.js';
import type { Composed } from '../compose.js';
import { OAuthFailure } from '../oauth/diagnose.js';
import { UpstreamError, type Answer } from '../upstream/partner-api.js';
import { parseError } from '../upstream/wire.js';
import { clockFinding } from './clock.js';

/** Codes of a 404 that may be about the path and not about a dealer. */
const NO_ENDPOINT = ['not_found', 'route_not_found', 'endpoint_not_found'];

/** Whether CHeKT takes the platform's token. Reads one dealer; where none is connected, one that need not exist. */
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
    if (error instanceof OAuthFailure) return []; // said by the check of the issuers
    if (!(error instanceof UpstreamError)) throw error;
    const fix = 'Compare it with the host that CHeKT gave you, and let this machine reach it.';
    return [{ level: 'error', setting: 'partnerApi.baseUrl', message: `${baseUrl} does not answer.`, fix }];
  }
  const { status, body, date } = answer;
  const { code } = parseError(body);
  const clock = clockFinding(date, settings.clock(), 'partnerApi.baseUrl');
  if (status === 401) {
    const message = `${baseUrl} refuses a token that platformClient.issuer has just issued.`;
    const fix = 'issuer, audience and baseUrl must be of one environment (production or development).';
    return [...clock, { level: 'error', setting: 'platformClient.audience', message, fix }];
  }
  if (status === 200 || (status === 403 && code !== undefined)) return clock;
  if (status === 404 && code !== undefined) {
    if (!NO_ENDPOINT.includes(code)) return clock;
    const message = `${baseUrl} answers 404 (${code}): either to the dealer that was asked for, or to the path.`;
    const fix = 'Where connecting fails, too, baseUrl is wrong: it is the part before /partner/v1.';
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
    { level: 'error', setting: 'partnerApi.baseUrl', message, fix: 'It is the part before /partner/v1.' },
  ];
}
