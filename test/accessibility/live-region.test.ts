import { expect } from '@open-wc/testing';
import { Dictionary, type Messages } from '../../src/element/i18n/messages.js';
import type { ChektConnectElement } from '../../src/index.js';
import { dealer } from '../element/fixture.js';
import { resetClock, setSpeed, skip } from '../support/clock.js';
import { createWire, type Answer } from '../wire/wire.js';
import { arrive, binding, changed, nobody, part, place, shown, signedIn } from './states.js';

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

const connect = async (element: ChektConnectElement) => {
  await element.connect('Acme').catch(() => {});
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

  it('announces nothing for an empty name besides the field with its error', async () => {
    const element = await arrive('name asked');
    const { heard } = listen(element);
    const input = part<HTMLInputElement>(element, 'form-control-input');
    expect(input.ariaInvalid).to.equal(null);
    part(element, 'connect-button').click();
    await changed(input, () => input.ariaInvalid === 'true');
    const described = input.getAttribute('aria-describedby')!.split(' ');
    const told = described.map((id) => element.shadowRoot!.getElementById(id)!.textContent!.trim());
    expect(told).to.deep.equal([says('companyNameMissing'), says('companyNameHelp')]);
    expect(heard).to.deep.equal([]);
    input.value = 'A';
    input.dispatchEvent(new Event('input'));
    await shown(element);
    expect([input.ariaInvalid, part(element, 'form-control-error').textContent]).to.deep.equal([null, '']);
  });
});
