import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Caller, RequestEnv } from '../caller.js';
import { digest } from '../digest.js';
import { answerInTime } from '../http/in-time.js';
import {
  notPermitted,
  otherAccount,
  refusal,
  send,
  signedOut,
  upstreamUnavailable,
} from '../http/refusal.js';
import { OAuthFailure } from '../oauth/diagnose.js';
import type { OpenGrant } from '../oauth/grants.js';
import type { Work } from '../operations/journal.js';
import { superseded } from '../http/refusal.js';
import type { Parts } from '../parts.js';
import type { Intent, Owner, SettledOperation } from '../store/store.js';
import type { Answer } from '../upstream/partner-api.js';
import { parseDealer, parseJson } from '../upstream/wire.js';
import { isTransient } from '../upstream/transient.js';
import { readOperationHeaders } from './operation-headers.js';

const connectBody = z.object({ external_dealer_id: z.string(), company_name: z.string() });

const notReadable = refusal(400, 'invalid_request', 'The body must be { external_dealer_id, company_name }.');
const signInRequired = refusal(
  400,
  'sign_in_required',
  'The header Chekt-Sign-In must name the sign-in that was on the screen.',
);
const signInChanged = refusal(409, 'sign_in_changed', 'There has been another sign-in with CHeKT since.');
const mustSignIn = refusal(401, 'invalid_api_key', 'The dealer has to sign in with CHeKT.');
const conflict = refusal(
  409,
  'idempotency_conflict',
  'The key belongs to another request or another sign-in.',
);

/** Of CHeKT: the PUT, and the GET before or after it. */
const MOST_CALLS = 2;

interface ConnectRequest {
  readonly caller: Caller;
  readonly signInId: string;
  readonly companyName: string;
  readonly key: string;
  readonly traceId: string;
}

interface Told {
  readonly answer: Answer;
  /** By this request, so that hooks and revocation follow. */
  readonly hasSettled: boolean;
  readonly grant: OpenGrant | null;
}

/** The answer of a request that has not ended the operation: it may not begin, is repeated later, or another request has ended it. */
const answerOnly = (answer: Answer): Told => ({ answer, hasSettled: false, grant: null });

/** Service mode: the platform connects with the dealer's token, which the page never sees. */
export function connectRoute(parts: Parts): Hono<RequestEnv> {
  const { store, callers, grants, limits, journal, connects, standings, aftermath, background } = parts;
  const app = new Hono<RequestEnv>();

  app.put('/partner/v1/dealers/connect', async (c) => {
    const body = connectBody.safeParse(parseJson(await c.req.text())).data;
    if (!body) return send(c, notReadable);
    const caller = await callers.read(c, body.external_dealer_id);
    if (!caller) return send(c, signedOut);
    if (caller.owner.account !== body.external_dealer_id) return send(c, otherAccount);
    if (!caller.may.connect) return send(c, notPermitted);
    const headers = readOperationHeaders(c);
    if ('refused' in headers) return send(c, headers.refused);
    const signInId = c.req.header('Chekt-Sign-In');
    if (!signInId) return send(c, signInRequired);
    const request = { caller, signInId, companyName: body.company_name, ...headers };
    const { waitUntil } = c.env;
    const connectAndTell = async () => {
      const { answer, hasSettled, grant } = await connect(request);
      if (hasSettled) {
        const { account } = caller.owner;
        aftermath.afterConnect(
          { account, dealerId: parseDealer(answer.body)?.dealerId, open: grant },
          waitUntil,
        );
      }
      return answer;
    };
    const answer = await answerInTime(connectAndTell(), (work) => background.run('connect', work, waitUntil));
    return send(c, answer);
  });

  async function connect(request: ConnectRequest): Promise<Told> {
    const { caller, signInId, companyName, key, traceId } = request;
    const { owner, actor } = caller;
    const payload = { isAuthorized: true, actor, owner, companyName };
    const [fingerprint, sealed] = await Promise.all([
      // The owner is part of the fingerprint: a key that another session has used is a conflict.
      digest('connect', owner.session, owner.actor, owner.account, companyName),
      journal.sealPayload(payload, key),
    ]);
    const { account } = owner;
    const intent = { key, kind: 'connect', account, dealerId: null, signInId, fingerprint, traceId } as const;
    const budgets = { own: limits.own(owner, MOST_CALLS), platform: limits.platform('connect') };
    const begun = await journal.beginConnect({ ...intent, sealed }, payload, {
      idleAt: grants.idleAt(),
      ...budgets,
    });
    const open = begun.grant && (await grants.open(begun.grant));
    if (begun.work) return carryOut(begun.work, open, { isPaid: begun.isPlatformSpent });

    // Step by step, which says why it may not begin.
    const granted = begun.grant ? open : await current(owner);
    if (!begun.isOwnSpent) await limits.spendOwn(owner, MOST_CALLS);
    return beginAnyhow(request, intent, granted);
  }

  async function current(owner: Owner): Promise<OpenGrant | null> {
    const granted = await grants.find(owner);
    return granted.status === 'granted' ? granted.open : null;
  }

  /** A connect whose key is known, or whose sign-in is not the current one. */
  async function beginAnyhow(
    { caller, signInId, companyName }: ConnectRequest,
    intent: Omit<Intent, 'sealed'>,
    current: OpenGrant | null,
  ): Promise<Told> {
    const { owner, actor } = caller;
    const isAuthorized = current?.grant.signInId === signInId;
    const begun = await journal.begin(intent, { isAuthorized, actor, owner, companyName });
    if (begun.status === 'running') return answerOnly(begun.answer);
    if (begun.status === 'conflict') {
      // The key may be used up, but what matters to the person is that the sign-in is a different one.
      return answerOnly(current === null || isAuthorized ? conflict : signInChanged);
    }
    if (begun.status === 'answered') return answerOnly(await remembered(begun.operation));

    const { work } = begun;
    if (!isAuthorized && work.payload?.isAuthorized !== true) {
      const said = current ? signInChanged : mustSignIn;
      return answerOnly((await journal.release(work, said, { isUntouched: true })).answer);
    }
    // A repeat of an operation under an earlier sign-in uses that sign-in's grant, which is kept until the
    // operation is settled.
    return carryOut(work, isAuthorized ? current : await grants.bySignIn(signInId));
  }

  async function carryOut(work: Work, grant: OpenGrant | null, paid?: { isPaid: boolean }): Promise<Told> {
    let usable: OpenGrant | null;
    try {
      usable = grant && (await grants.usable(grant));
    } catch (error) {
      if (!(error instanceof OAuthFailure)) throw error;
      const said = upstreamUnavailable('The dealer authorization could not be refreshed.');
      return answerOnly((await journal.release(work, said, { isUntouched: true })).answer);
    }
    if (!usable) return answerOnly((await journal.release(work, mustSignIn, { isUntouched: true })).answer);
    const ended = await connects.carryOut(work, usable, paid);
    return { answer: ended.answer, hasSettled: ended.status === 'settled', grant: usable };
  }

  /** The stored answer of a settled connect, if it still holds. */
  async function remembered(operation: SettledOperation): Promise<Answer> {
    const answer = await journal.answer(operation);
    if (operation.outcome !== 'applied') return answer;
    const { account } = operation;
    const dealerId = parseDealer(answer.body)?.dealerId;
    const stored = await store.findBinding({ account });
    if (dealerId === undefined || stored?.binding.dealerId !== dealerId) return superseded;
    // The answer is withheld only if CHeKT contradicts it. If CHeKT cannot be asked, its earlier statement
    // holds.
    const standing = await standings.of(dealerId, account).catch((error: unknown) => {
      if (isTransient(error)) return undefined;
      throw error;
    });
    return standing?.is === 'not-connected' || standing?.is === 'other-account' ? superseded : answer;
  }

  return app;
}
