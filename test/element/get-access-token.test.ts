import { expect } from '@open-wc/testing';
import type { TokenRequest } from '../../src/index.js';
import { runFast } from '../support/clock.js';
import { createWire, type Answer } from '../wire/wire.js';
import { failure, part, press, settled, success, type, untilState } from './acting.js';
import { embed } from './fixture.js';

/** An element whose getAccessToken returns these in turn, and its calls. */
async function given(tokens: readonly unknown[], answers: readonly Answer[] = [success]) {
  const wire = await createWire(answers);
  const requests: TokenRequest[] = [];
  const getAccessToken = (request: TokenRequest) => {
    requests.push(request);
    return Promise.resolve(tokens[Math.min(requests.length, tokens.length) - 1] as string);
  };
  const page = embed({ apiBaseUrl: wire.baseUrl, getAccessToken });
  await page.element.ready;
  const sent = async () => (await wire.requests()).map(({ headers }) => headers['authorization']);
  return { ...page, wire, requests, sent, reasons: () => requests.map(({ reason }) => reason) };
}

const expiring = (access_token: string, expires_in: number) => ({ access_token, expires_in });

describe('getAccessToken', () => {
  runFast(4);

  it('wins over token-url', async () => {
    const wire = await createWire([{ json: { access_token: 'token-of-the-url' } }]);
    const { element } = embed({
      apiBaseUrl: wire.baseUrl,
      tokenUrl: `${wire.sameOriginBaseUrl}/token`,
      getAccessToken: async () => 'secret-token-1',
    });
    await element.ready;
    expect(await wire.requests()).to.deep.equal([]);
  });

  it('is called once, with a reason and a signal, and its token is kept and used', async () => {
    const { element, requests, sent } = await given(
      ['secret-token-1', 'secret-token-2'],
      [{ status: 403 }, success],
    );
    expect(requests).to.have.length(1);
    expect(requests[0]!.reason).to.equal('initial');
    expect(requests[0]!.signal).to.be.instanceOf(AbortSignal);
    await failure(element.connect('Acme'));
    await element.connect('Acme');
    expect(await sent()).to.deep.equal(['Bearer secret-token-1', 'Bearer secret-token-1']);
    expect(requests).to.have.length(1);
  });

  it('is called without the element as its receiver', async () => {
    const receivers: unknown[] = [];
    const { element } = embed({
      getAccessToken: async function (this: unknown) {
        receivers.push(this);
        return 'secret-token-1';
      },
    });
    await element.ready;
    expect(receivers).to.deep.equal([undefined]);
  });

  it('returns null when the dealer has not authorized', async () => {
    const { element, names } = await given([null]);
    expect(element.state).to.equal('unauthorized');
    expect(element.error).to.equal(null);
    expect(names()).not.to.include('chekt-error');
  });

  for (const [seconds, reasons] of [
    [60, ['initial']],
    [17, ['initial']],
    [14, ['initial', 'expired']],
    [0, ['initial', 'expired']],
  ] as const)
    it(`is called with the reasons ${reasons.join(', ')} when a token expires in ${seconds} s`, async () => {
      const page = await given([expiring('secret-token-1', seconds), 'secret-token-2']);
      expect(page.element.state).to.equal('authorized');
      await page.element.connect('Acme');
      expect(page.reasons()).to.deep.equal(reasons);
      expect(await page.sent()).to.deep.equal([`Bearer secret-token-${reasons.length}`]);
    });

  it('is called once an attempt for a replacement, which is sent even if it looks expired', async () => {
    const { element, reasons, sent } = await given(
      [expiring('secret-token-1', 1), expiring('secret-token-2', -60)],
      [{ status: 503 }, success],
    );
    await element.connect('Acme');
    expect(reasons()).to.deep.equal(['initial', 'expired']);
    expect(await sent()).to.deep.equal(['Bearer secret-token-2', 'Bearer secret-token-2']);
  });

  it('is called with `rejected` once after a 401, and the operation goes on with the new token', async () => {
    const { element, reasons, wire } = await given(
      ['secret-token-1', 'secret-token-2'],
      [{ status: 401 }, success],
    );
    await element.connect('Acme');
    expect(reasons()).to.deep.equal(['initial', 'rejected']);
    const [first, second] = await wire.requests();
    expect(second!.headers['authorization']).to.equal('Bearer secret-token-2');
    for (const name of ['idempotency-key', 'x-partner-trace-id'])
      expect(second!.headers[name], name).to.equal(first!.headers[name]);
  });

  it('is not called after a second 401, which ends in unauthorized with the typed name kept', async () => {
    const { element, reasons, names, events } = await given(
      ['secret-token-1', 'secret-token-2'],
      [{ status: 401 }],
    );
    await type(element, ' Acme ');
    const error = await failure(element.connect());
    expect(reasons()).to.deep.equal(['initial', 'rejected']);
    expect(error).to.include({ code: 'unauthorized', status: 401, outcome: 'not-applied' });
    expect(element.state).to.equal('unauthorized');
    expect(element.error).to.equal(error);
    expect(names().slice(-3)).to.deep.equal([
      'chekt-state-change',
      'chekt-authorization-required',
      'chekt-error',
    ]);
    expect(events.at(-2)!.detail).to.deep.equal({ reason: 'rejected' });
    await press(element, 'authorize-button');
    expect(events.at(-1)!.detail).to.deep.equal({ companyName: ' Acme ', reason: 'rejected' });
  });

  it('leads to a sign-in with the reason `expired` by returning null when asked with `expired`', async () => {
    const { element, events } = await given([expiring('secret-token-1', 1), null]);
    await failure(element.connect('Acme'));
    expect(element.state).to.equal('unauthorized');
    expect(events.find(({ type }) => type === 'chekt-authorization-required')?.detail.reason).to.equal(
      'expired',
    );
  });

  it('is called again at the press, and not before, if it returned an expired sign-in', async () => {
    const { element, reasons, sent } = await given([
      expiring('secret-token-1', -1),
      expiring('secret-token-2', 3600),
    ]);
    await settled(element);
    expect(element.state).to.equal('authorized');
    expect(reasons()).to.deep.equal(['initial']);
    expect(part(element, 'authorization')!.innerText).not.to.contain('has ended');
    await element.connect('Acme');
    expect(reasons()).to.deep.equal(['initial', 'expired']);
    expect(await sent()).to.deep.equal(['Bearer secret-token-2']);
  });

  it('gets a signal that is aborted when the answer is no longer needed', async () => {
    const requests: TokenRequest[] = [];
    const { element } = embed({
      getAccessToken: (request) => {
        requests.push(request);
        return new Promise(() => {});
      },
    });
    await untilState(element, 'authorizing');
    expect(requests[0]!.signal.aborted).to.equal(false);
    element.remove();
    await Promise.resolve();
    expect(requests[0]!.signal.aborted).to.equal(true);
  });
});
