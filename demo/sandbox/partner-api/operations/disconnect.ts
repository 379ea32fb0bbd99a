import type { Answer, Refusal } from '../../exchange/answers.js';
import { json, noContent, refusal } from '../../exchange/answers.js';
import type { Dealer } from '../../sample-data/dealers.js';
import { dealerById } from '../../sample-data/dealers.js';
import type { Switches } from '../../switches.js';
import type { Caller } from '../../oauth/access-tokens.js';
import { dealerOnWire } from '../wire-forms.js';
import type { Perform } from './call.js';
import { audit, dealerNotFound, forbidden, notConnected, tokenForOther } from './call.js';

/** Removes a dealer's binding. */
export const disconnect: Perform = (call) => {
  const { run, caller } = call;
  const dealer = dealerById(Number(call.dealerId));
  const binding = dealer && run.bindings.ofDealer(dealer.id);
  const reason =
    mayNotDisconnect(caller, dealer, run.switches) ??
    (dealer ? undefined : dealerNotFound) ??
    (binding ? undefined : unbound[run.switches.disconnectTwice]);

  audit(call, 'disconnect', reason?.code ?? 'recorded', dealer?.id, binding?.externalDealerId);
  if (reason || !dealer) return refusal(reason ?? dealerNotFound, call.requestId);

  run.bindings.remove(dealer.id);
  return answer(dealer, binding?.externalDealerId, run.switches);
};

function mayNotDisconnect(
  caller: Caller,
  dealer: Dealer | undefined,
  switches: Switches,
): Refusal | undefined {
  if (caller.kind === 'platform') return dealer && tokenForOther(caller, dealer.id, switches);
  if (caller.kind === 'dealer-app')
    return forbidden('permission_denied', 'A dealer app has nothing to disconnect.');
  if (switches.dealerTokenOnDisconnect === 'forbidden') {
    return forbidden(
      'client_credentials_required',
      'Disconnect takes the client credentials of the platform.',
    );
  }
  if (caller.account.role === 'dealer-admin' && caller.account.dealerId === dealer?.id) return undefined;
  return forbidden('permission_denied', 'The user is no dealer admin of this dealer.');
}

function answer(dealer: Dealer, externalId: string | undefined, switches: Switches): Answer {
  switch (switches.disconnectAnswer) {
    case 'dealer':
      return json(200, dealerOnWire(dealer, externalId, switches));
    case 'empty-object':
      return json(200, {});
    case 'no-content':
      return noContent;
  }
}

const unbound: Readonly<Record<Switches['disconnectTwice'], Refusal | undefined>> = {
  'not-found': notConnected,
  ok: undefined,
  forbidden: forbidden('permission_denied', 'The app has no access to this dealer.'),
};
