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
import type { Granted, OpenGrant } from '../oauth/grants.js';
import { superseded } from '../http/refusal.js';
import type { Parts } from '../parts.js';
import type { SettledOperation } from '../store/store.js';
import type { Answer } from '../upstream/partner-api.js';
import { parseDealer, parseJson } from '../upstream/wire.js';
import { isPassing } from '../upstream/passing.js';
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

/** Service mode: the platform connects with the dealer's token, which the page never sees. */
export function connectRoute(parts: Parts): Hono<RequestEnv> {
  const { store, callers, grants, limits, journal, connects, standings, outbox, revocations, background } =
    parts;
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
    const [granted] = await Promise.all([grants.find(caller.owner), limits.spendOwn(caller.owner, 2)]);

    const companyName = body.company_name;
    const { waitUntil } = c.env;
    const connectAndTell = async () => {
      const { answer, isSettled } = await connect({ caller, granted, signInId, companyName, ...headers });
      if (isSettled) afterwards(caller.owner.account, answer, waitUntil);
      return answer;
    };
    const answer = await answerInTime(connectAndTell(), (work) => background.run('connect', work, waitUntil));
    return send(c, answer);
  });

  async function connect(request: {
    readonly caller: Caller;
    readonly granted: Granted;
    readonly signInId: string;
    readonly companyName: string;
    readonly key: string;
    readonly traceId: string;
  }): Promise<{ readonly answer: Answer; readonly isSettled: boolean }> {
    const { caller, granted, signInId, companyName, key, traceId } = request;
    const { owner, actor } = caller;
    const intent = {
      key,
      kind: 'connect',
      account: owner.account,
      dealerId: null,
      signInId,
      // The owner is part of the fingerprint: a key that another session has used is a conflict.
      fingerprint: await digest('connect', owner.session, owner.actor, owner.account, companyName),
      traceId,
    } as const;
    const current = granted.status === 'granted' ? granted.open : null;
    const isAuthorized = current?.grant.signInId === signInId;
    const begun = await journal.begin(intent, { isAuthorized, actor, owner, companyName });
    const open = (answer: Answer) => ({ answer, isSettled: false });
    if (begun.status === 'running') return open(begun.answer);
    if (begun.status === 'conflict') {
      // The key may be used up, but what matters to the person is that the sign-in is a different one.
      return open(current === null || isAuthorized ? conflict : signInChanged);
    }
    if (begun.status === 'answered') return open(await remembered(begun.operation));

    const { work } = begun;
    if (!isAuthorized && work.payload?.isAuthorized !== true) {
      const said = current ? signInChanged : mustSignIn;
      return open((await journal.release(work, said, { isUntouched: true })).answer);
    }
    // A repeat of an operation under an earlier sign-in uses that sign-in's grant, which is kept until the
    // operation is settled.
    const asked = isAuthorized ? current : await grants.bySignIn(signInId);
    let usable: OpenGrant | null;
    try {
      usable = asked && (await grants.usable(asked));
    } catch (error) {
      if (!(error instanceof OAuthFailure)) throw error;
      const said = upstreamUnavailable('The dealer authorization could not be refreshed.');
      return open((await journal.release(work, said, { isUntouched: true })).answer);
    }
    if (!usable) {
      return open((await journal.release(work, mustSignIn, { isUntouched: true })).answer);
    }
    const ended = await connects.carryOut(work, usable);
    return { answer: ended.answer, isSettled: ended.status === 'settled' };
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
      if (isPassing(error)) return undefined;
      throw error;
    });
    return standing?.is === 'not-connected' || standing?.is === 'other-account' ? superseded : answer;
  }

  /** Starts the work that the person does not wait for. */
  function afterwards(account: string, answer: Answer, waitUntil: RequestEnv['Bindings']['waitUntil']): void {
    background.run('hooks', outbox.tell(account), waitUntil);
    background.run('revocation', revocations.runBatch(), waitUntil);
    const dealerId = parseDealer(answer.body)?.dealerId;
    if (dealerId !== undefined) background.run('verification', verify(dealerId, account), waitUntil);
  }

  /**
   * Reads the dealer with the platform's own credentials, so that a wrong setting is in the log at once and not when a binding
   * is looked at. A failure changes nothing for the person.
   */
  async function verify(dealerId: number, account: string): Promise<void> {
    try {
      await standings.of(dealerId, account);
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
  }

  return app;
}
