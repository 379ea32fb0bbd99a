import type { Refusal } from '../../exchange/answers.js';
import { json, refusal } from '../../exchange/answers.js';
import type { Dealer } from '../../sample-data/dealers.js';
import { dealerById } from '../../sample-data/dealers.js';
import { dealerOnWire, siteOnWire } from '../wire-forms.js';
import type { Switches } from '../../switches.js';
import type { Call, Perform } from './call.js';
import { dealerNotFound, forbidden, notConnected, tokenForOther } from './call.js';

export const getDealer: Perform = (call) => {
  const dealer = reach(call, 'read:dealer');
  if ('code' in dealer) return refusal(dealer, call.requestId);
  const { run, caller } = call;
  const binding = caller.kind === 'platform' ? run.bindings.ofDealer(dealer.id) : undefined;
  return json(200, dealerOnWire(dealer, binding?.externalDealerId, run.switches));
};

export const listSites: Perform = (call) => {
  const dealer = reach(call, 'read:sites');
  if ('code' in dealer) return refusal(dealer, call.requestId);
  return json(
    200,
    dealer.sites.map((site) => siteOnWire(site, call.run.switches)),
  );
};

/**
 * The dealer, if the caller's client credentials reach it: it is bound to the platform, or is the dealer
 * app's own.
 */
function reach({ run, caller, dealerId }: Call, scope: string): Dealer | Refusal {
  if (caller.kind === 'user') {
    return forbidden('client_credentials_required', 'This call takes client credentials.');
  }
  if (!caller.scopes.has(scope)) return forbidden('permission_denied', `The access token lacks ${scope}.`);
  const id = Number(dealerId);
  if (caller.kind === 'dealer-app') {
    return caller.dealerId === id ? (dealerById(id) ?? dealerNotFound) : noAccess;
  }
  const dealer = dealerById(id);
  const bound = run.bindings.ofDealer(id) !== undefined;
  return (
    tokenForOther(caller, id, run.switches) ?? (bound && dealer ? dealer : unbound(dealer, run.switches))
  );
}

/**
 * The refusal for a dealer that the platform does not reach. One that does not exist is never "not
 * connected".
 */
function unbound(dealer: Dealer | undefined, { unboundDealer }: Switches): Refusal {
  if (unboundDealer === 'forbidden') return noAccess;
  return dealer ? notConnected : dealerNotFound;
}

const noAccess = forbidden('permission_denied', 'The app has no access to this dealer.');
