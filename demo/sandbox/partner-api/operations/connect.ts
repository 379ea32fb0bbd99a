import * as z from 'zod';
import type { Refusal } from '../../exchange/answers.js';
import { json, refusal } from '../../exchange/answers.js';
import type { Dealer } from '../../sample-data/dealers.js';
import { dealerById } from '../../sample-data/dealers.js';
import type { Run } from '../../store/run.js';
import type { Switches } from '../../switches.js';
import type { Caller } from '../../oauth/access-tokens.js';
import { dealerOnWire } from '../wire-forms.js';
import type { Perform } from './call.js';
import { audit, dealerNotFound, forbidden } from './call.js';

const named = z
  .string('is required and must be text')
  .refine((text) => text.trim() !== '', 'must not be empty');
const connectBody = z.object({ external_dealer_id: named, company_name: named }, 'must be a JSON object');
type ConnectBody = z.infer<typeof connectBody>;

/** Binds the caller's dealer to the platform's id for it. */
export const connect: Perform = (call) => {
  const { run, caller } = call;
  const dealer = dealerOf(caller);
  const body = parse(call.body, run.switches.invalidField);
  const externalId = 'code' in body ? undefined : body.external_dealer_id;
  const reason =
    mayNotConnect(caller, run.switches) ??
    ('code' in body ? body : undefined) ??
    (dealer ? undefined : dealerNotFound) ??
    conflict(run, dealer, externalId);

  audit(call, 'connect', reason?.code ?? 'recorded', dealer?.id, externalId);
  if (reason || !dealer || externalId === undefined) return refusal(reason ?? dealerNotFound, call.requestId);

  if (run.bindings.ofDealer(dealer.id)?.externalDealerId !== externalId) {
    run.bindings.record({
      dealerId: dealer.id,
      externalDealerId: externalId,
      connectedAt: new Date().toISOString(),
      connectedBy: caller.subject,
    });
  }
  return json(200, dealerOnWire(dealer, externalId, run.switches));
};

function dealerOf(caller: Caller): Dealer | undefined {
  if (caller.kind === 'platform') return undefined;
  return dealerById(caller.kind === 'user' ? caller.account.dealerId : caller.dealerId);
}

function mayNotConnect(caller: Caller, switches: Switches): Refusal | undefined {
  if (caller.kind === 'user') {
    if (caller.account.role === 'dealer-admin' || switches.withoutAdmin === 'ok') return undefined;
    return forbidden('permission_denied', 'The user has no dealer-admin rights.');
  }
  // A platform's own token names no dealer, so no switch can let it connect one.
  if (caller.kind === 'dealer-app' && switches.m2mOnConnect === 'ok') return undefined;
  return forbidden('user_token_required', 'Connect takes the access token of a dealer admin.');
}

function parse(text: string, fieldStatus: Switches['invalidField']): ConnectBody | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { status: 400, code: 'invalid_request', message: 'The body is not JSON.' };
  }
  const parsed = connectBody.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || undefined;
  const message = `${field ?? 'The body'} ${issue?.message ?? 'is wrong'}.`;
  return { status: Number(fieldStatus), code: 'invalid_field', message, field };
}

function conflict(run: Run, dealer: Dealer | undefined, externalId: string | undefined): Refusal | undefined {
  if (!dealer || externalId === undefined) return undefined;
  const { bindings, switches } = run;
  const own = bindings.ofDealer(dealer.id);
  if (own?.externalDealerId === externalId) {
    return switches.reconnectSameId === 'ok' ? undefined : alreadyConnected;
  }
  if (own && switches.reconnectOtherId === 'conflict') return alreadyConnected;
  if (bindings.ofExternalId(externalId) && switches.idTaken === 'conflict') return idTaken;
  return undefined;
}

const alreadyConnected: Refusal = {
  status: 409,
  code: 'dealer_already_connected',
  message: 'The dealer is already connected.',
};

const idTaken: Refusal = {
  status: 409,
  code: 'external_dealer_id_taken',
  message: 'The external dealer id is connected to another dealer.',
  field: 'external_dealer_id',
};
