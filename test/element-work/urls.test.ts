import { expect } from '@open-wc/testing';
import { parseUrl } from '../../src/element/urls.js';

const own = location.origin;

describe('parseUrl on a page', () => {
  it('resolves a path against the origin of the page, whatever <base> says', () => {
    const base = document.head.appendChild(document.createElement('base'));
    base.href = 'https://evil.example/x/';
    try {
      expect(parseUrl('api-base-url', '/chekt', {})?.href).to.equal(`${own}/chekt`);
      expect(parseUrl('authorize-url', '/sign-in?a=b', { mayHaveQuery: true })?.origin).to.equal(own);
    } finally {
      base.remove();
    }
  });

  // engines parse these differently from Node, and from each other
  for (const text of [
    '/\t/evil.example',
    '/\\evil.example',
    '//evil.example',
    'java\nscript:alert(1)',
    'blob:x',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseUrl('api-base-url', text, {})).to.throw(/^api-base-url must be /);
    });
  }
});
