import { expect } from '@open-wc/testing';
import { createWire } from './wire.js';

describe('the wire', () => {
  it('gives its answers in order and repeats the last one', async () => {
    const wire = await createWire([{ status: 503, headers: { 'Retry-After': '1' } }, { json: { a: 1 } }]);
    const first = await fetch(wire.baseUrl);
    expect(first.status).to.equal(503);
    expect(first.headers.get('Retry-After')).to.equal('1');
    expect(await (await fetch(wire.baseUrl)).json()).to.deep.equal({ a: 1 });
    expect(await (await fetch(wire.baseUrl)).json()).to.deep.equal({ a: 1 });
    expect((await wire.requests()).map(({ answer }) => answer)).to.deep.equal([0, 1, 1]);
  });
});
