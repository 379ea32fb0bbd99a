import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { Dictionary, type Messages } from '../../src/element/i18n/messages.js';
import type { ChektConnectElement } from '../../src/index.js';
import { untilState } from '../element/acting.js';
import { dealer } from '../element/fixture.js';
import { resetClock, setSpeed, skip } from '../support/clock.js';
import { createWire, type Answer } from '../wire/wire.js';
import { arrive, binding, changed, nobody, part, place, shown, signedIn, signIn } from './states.js';

const texts = new Dictionary({ lang: 'en', platform: 'Northwind Cloud', redact: (text) => text });
const account = 'Acme, Springfield';
const company = dealer.company_name;
const says = (key: keyof Messages) => texts.text(key, { company, account });
const lost: Answer = { fault: { kind: 'reset', at: 'after-request-recorded' } };
const refused: Answer = { status: 422, json: { error: { code: 'invalid', field: 'company_name' } } };

/** Records every text that the live region gets from now on, which is what a screen reader announces. */
function listen(element: ChektConnectElement) {
  const status = part(element, 'status');
  const heard: string[] = [];
  const observer = new MutationObserver((records) => {
    for (const { addedNodes, target, type } of records) {
      const added = type === 'characterData' ? [target] : [...addedNodes];
      heard.push(...added.map(({ textContent }) => textContent!.trim()).filter(Boolean));
    }
  });
  observer.observe(status, { childList: true, characterData: true, subtree: true });
  return { status, heard };
}

async function listenTo(answers: readonly Answer[], properties: Partial<ChektConnectElement> = signedIn) {
  const wire = await createWire(answers);
  const own = wire.sameOriginBaseUrl;
  const { element } = place({ ...properties, apiBaseUrl: own, disconnectBaseUrl: own });
  await element.ready;
  await shown(element);
  return { element, wire, ...listen(element) };
}

const connect = async (element: ChektConnectElement, name = company) => {
  await element.connect(name).catch(() => {});
  await shown(element);
};

describe('what a screen reader hears', () => {
  afterEach(resetClock);

  it('comes from a live region that exists, empty, from the first render', async () => {
    const { element } = place(nobody);
    await shown(element);
    const { status, heard } = listen(element);
    expect([status.role ?? status.getAttribute('role'), status.textContent]).to.deep.equal(['status', '']);
    await element.ready;
    await shown(element);
    expect(part(element, 'status') === status).to.equal(true);
    expect(heard).to.deep.equal([]);
  });

  it('announces the start and the end of connecting', async () => {
    const { element, heard } = await listenTo([{ status: 200, json: dealer }]);
    await connect(element);
    expect(heard).to.deep.equal([says('connecting'), says('connectedNow')]);
  });

  it('announces the error of the field each time the name is refused', async () => {
    const { element, heard } = await listenTo([refused, refused]);
    await connect(element);
    expect(heard).to.deep.equal([says('connecting'), says('companyNameRefused')]);
    await connect(element);
    expect(heard.slice(2)).to.deep.equal([says('connecting'), says('companyNameRefused')]);
    expect(part(element, 'form-control-error').textContent).to.equal(says('companyNameRefused'));
  });

  it('announces only "Still working" for a slow attempt with repeats', async () => {
    const answers: readonly Answer[] = [lost, { hold: true, status: 200, json: dealer }];
    const { element, status, heard, wire } = await listenTo(answers, { ...signedIn, timeout: 600_000 });
    const connected = connect(element);
    await wire.waitForRequests(2);
    skip(5_000);
    await changed(status, () => status.textContent === says('stillWorking'));
    const below = part(element, 'connect-button').getBoundingClientRect().bottom;
    const line = element.shadowRoot!.querySelector<HTMLElement>('.quiet')!;
    expect(line.innerText).to.equal(says('stillWorking'));
    expect(line.getBoundingClientRect().top - below).to.be.within(0, 20);
    expect(status.offsetHeight).to.equal(1);
    await wire.release();
    await connected;
    expect(heard).to.deep.equal([says('connecting'), says('stillWorking'), says('connectedNow')]);
  });

  it('announces an unknown outcome, and after "Check again" that it is connected', async () => {
    const { element, heard, wire } = await listenTo([lost], { ...signedIn, timeout: 600_000 });
    setSpeed(20);
    await connect(element);
    resetClock();
    const said = heard.filter((text) => text !== says('stillWorking'));
    expect(said).to.deep.equal([says('connecting'), `${says('title.network')}. ${says('outcomeUnknown')}`]);
    await wire.script([{ status: 200, json: dealer }]);
    expect(part(element, 'connect-button').innerText).to.equal(says('checkAgain'));
    await connect(element);
    expect(heard.slice(-2)).to.deep.equal([says('connecting'), says('connectedNow')]);
  });

  it('announces the start and the end of disconnecting', async () => {
    const { element, heard } = await listenTo([{ status: 204 }], { ...nobody, binding });
    part(element, 'disconnect-button').click();
    await shown(element);
    expect(heard).to.deep.equal([]);
    await element.disconnect();
    await shown(element);
    expect(heard).to.deep.equal([says('disconnecting'), says('disconnected')]);
  });

  it('announces "Still working", which is also visible, while a disconnect is slow', async () => {
    const { element, status, heard, wire } = await listenTo([{ hold: true, status: 204 }], {
      ...nobody,
      binding,
    });
    const disconnected = element.disconnect();
    await wire.waitForRequests(1);
    skip(5_000);
    await changed(status, () => status.textContent === says('stillWorking'));
    expect(part(element, 'confirm').innerText).to.contain(says('stillWorking'));
    await wire.release();
    await disconnected;
    expect(heard.slice(0, 2)).to.deep.equal([says('disconnecting'), says('stillWorking')]);
  });

  it('announces an empty name, also when the field already has the focus', async () => {
    const element = await arrive('name asked');
    const { heard } = listen(element);
    const input = part<HTMLInputElement>(element, 'form-control-input');
    expect(input.ariaInvalid).to.equal(null);
    input.focus();
    await new Promise(requestAnimationFrame);
    await sendKeys({ press: 'Enter' });
    await changed(input, () => input.ariaInvalid === 'true');
    await shown(element);
    const described = input.getAttribute('aria-describedby')!.split(' ');
    const told = described.map((id) => element.shadowRoot!.getElementById(id)!.textContent!.trim());
    expect(told).to.deep.equal([says('companyNameMissing'), says('companyNameHelp')]);
    expect(heard).to.deep.equal([says('companyNameMissing')]);
    input.value = 'A';
    input.dispatchEvent(new Event('input'));
    await shown(element);
    expect([input.ariaInvalid, part(element, 'form-control-error').textContent]).to.deep.equal([null, '']);
    expect([part(element, 'status').textContent, heard.length]).to.deep.equal(['', 1]);
  });

  it('announces once who is signed in when it is another person', async () => {
    const { element, heard } = await listenTo([]);
    for (const person of ['Mira Lindqvist', 'tom@acme.example', 'Harbor Alarm']) {
      const [name, email, company_name] = [/ L/, /@/, / A/].map((form) =>
        form.test(person) ? person : undefined,
      );
      element.getAccessToken = async () => ({
        access_token: person.length.toString(),
        name,
        email,
        company_name,
      });
      await changed(part(element, 'status'), () => heard.includes(texts.text('signInChanged', { person })));
      expect(part(element, 'authorization').innerText).to.contain(`${person} is signed in now.`);
    }
    element.requestUpdate();
    await shown(element);
    expect(heard).to.have.length(3);
    element.getAccessToken = async () => ({ access_token: 'token-4', sign_in_id: 'other' });
    await changed(part(element, 'status'), () => heard.length > 3);
    expect(heard[3]).to.equal(says('title.conflict.sign_in_changed'));
  });

  it('announces what another dealer or name is connected than expected', async () => {
    const json = { ...dealer, dealer_id: 777 };
    const { element, heard } = await listenTo([{ status: 200, json }]);
    await connect(element, 'Acme');
    const remarks = [
      texts.text('nameDiffers', { typed: 'Acme', company }),
      texts.text('dealerDiffers', { signedIn: '12345', connected: '777' }),
    ];
    expect(heard).to.deep.equal([says('connecting'), [says('connectedNow'), ...remarks].join(' ')]);
    const box = element.shadowRoot!.querySelector<HTMLElement>('.box.danger')!;
    expect(box.innerText.trim()).to.equal(remarks[1]);
    expect(box.querySelector('.alert')).not.to.equal(null);
  });

  it('announces another try to check the sign-in, and how it ends', async () => {
    const { element, heard } = await listenTo([], { getAccessToken: () => Promise.reject(new Error()) });
    part(element, 'retry-button').click();
    await untilState(element, 'unavailable');
    await shown(element);
    const failed = `${says('title.signInCheckFailed')}. ${says('error.signInCheckFailed')}`;
    expect(heard).to.deep.equal([says('loading'), failed]);
    element.getAccessToken = async () => signIn;
    await untilState(element, 'authorized');
    await shown(element);
    element.reset();
    await untilState(element, 'authorized');
    await shown(element);
    expect(heard.slice(2)).to.deep.equal([says('signedIn'), says('loading'), says('signedIn')]);
  });

  it('announces that the sign-in has ended, or is gone', async () => {
    const { element, heard } = await listenTo([]);
    skip(43 * 60_000);
    element.requestUpdate();
    await shown(element);
    expect(heard).to.deep.equal([says('title.unauthorized')]);
    element.getAccessToken = async () => null;
    await untilState(element, 'unauthorized');
    await shown(element);
    expect(heard.slice(1)).to.deep.equal([says('signInFirst')]);
  });

  it('announces a binding that stops working, but not one that the page opens with', async () => {
    const former = { ...binding, status: 'lost' } as const;
    const opened = await listenTo([], { ...signedIn, formerBinding: former });
    expect(opened.status.textContent).to.equal('');
    const { element, heard } = await listenTo([]);
    element.formerBinding = former;
    await changed(part(element, 'form').parentElement!, () => heard.length > 0);
    element.formerBinding = { ...binding, status: 'unreachable' };
    await changed(part(element, 'form').parentElement!, () => heard.length > 1);
    expect(heard).to.deep.equal([says('bindingLost'), says('bindingUnreachable')]);
  });

  it('announces a pause once, with its whole length, and its end', async () => {
    const limited: Answer = { status: 429, headers: { 'Retry-After': '90' }, json: {} };
    const { element, heard } = await listenTo([limited], { ...signedIn, timeout: 5_000 });
    await connect(element);
    const told = `${says('title.rate-limited')}. ${texts.text('tryAgainIn', { time: '2 minutes' })}`;
    expect(part(element, 'error').querySelectorAll('p')).to.have.length(2);
    for (const passed of [50_000, 15_000]) {
      skip(passed);
      element.requestUpdate();
      await shown(element);
    }
    expect(part(element, 'error').innerText).to.contain('seconds');
    expect(heard).to.deep.equal([says('connecting'), told]);
    skip(90_000);
    element.requestUpdate();
    await shown(element);
    expect(heard.slice(2)).to.deep.equal([says('tryAgain')]);
  });

  it('announces nothing again when the person stays connected', async () => {
    const { element, heard } = await listenTo([{ status: 200, json: dealer }]);
    await connect(element);
    part(element, 'disconnect-button').click();
    await shown(element);
    part(element, 'keep-button').click();
    await shown(element);
    expect(heard).to.deep.equal([says('connecting'), says('connectedNow')]);
  });
});
