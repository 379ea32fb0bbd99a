import type { ChektConnectElement } from '../../../src/index.js';
import { type AccountIndex, accounts, type PageData, type Source, type WorldOptions } from '../schedule.js';
import type { Model } from './model.js';

/** What a host sets. */
export type Properties = Partial<ChektConnectElement>;

interface Host {
  readonly model: Model;
  readonly options: WorldOptions;
  readonly tab: number;
  readonly fetch: typeof fetch;
}

/** What the page sets when it is loaded. */
export function embedOf(host: Host, { account, binding }: PageData): Properties {
  const { model, options, tab } = host;
  const serviceUrl = model.serviceUrl(tab);
  const common: Properties = { platformName: 'Northwind Cloud', companyName: options.companyName };
  if (options.mode === 'service-url') return { ...common, serviceUrl };
  return {
    ...common,
    ...accountOf(options, account),
    apiBaseUrl: options.mode === 'browser' ? model.apiBaseUrl : serviceUrl,
    disconnectBaseUrl: serviceUrl,
    binding,
    ...sourceOf(host, 'token-url'),
  };
}

export function accountOf({ accountNames }: WorldOptions, account: AccountIndex): Properties {
  const { id, name } = accounts[account];
  return { externalDealerId: id, accountName: accountNames ? name : undefined };
}

/** A new source that gives the same answers: a host may create a new function on every render. */
export function sourceOf({ model, tab, fetch }: Host, source: Source): Properties {
  const tokenUrl = `${model.serviceUrl(tab)}/token`;
  if (source === 'token-url') {
    return { tokenUrl: `${tokenUrl}?version=${++count}`, getAccessToken: undefined };
  }
  return {
    async getAccessToken(request: { reason: string; externalDealerId?: string; signal: AbortSignal }) {
      const query = new URLSearchParams({ reason: request.reason });
      if (request.externalDealerId !== undefined) query.set('external_dealer_id', request.externalDealerId);
      const response = await fetch(`${tokenUrl}?${query}`, { signal: request.signal });
      if (response.status === 204) return null;
      const body = (await response.json()) as { access_token: string; error?: string | { code: string } };
      if (response.ok) return body;
      throw Object.assign(new Error('There is no token.'), { error: body.error });
    },
  };
}

let count = 0;
