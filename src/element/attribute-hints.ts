import { warn } from './host-options.js';

/** Characters: what a page shows until the script has run is shorter. */
const LONGEST_FALLBACK = 2000;

/**
 * Says what to do about markup that the element cannot understand and would pass over in silence: frameworks that set attributes in
 * place of properties, misspellings, and `<chekt-connect />`, which HTML takes for an opening tag. Once a page each.
 */
export function hintAtMarkup(element: Element, known: readonly string[]): void {
  const hint = () => readMarkup(element, known);
  // only then it is known what the parser has put inside
  if (document.readyState === 'complete') hint();
  else addEventListener('load', hint, { once: true });
}

function readMarkup(element: Element, known: readonly string[]): void {
  for (const { name, value } of element.attributes) {
    if (name === 'disabled' && value === 'false') {
      warn('disabled="false" disables: leave the attribute out, or set the property (React 18: from a ref).');
    } else if (value.startsWith('[object ')) {
      warn(`${name}="[object …]" is no value: set the property (React 18: from a ref).`);
    } else if (!known.includes(name)) {
      const meant = known.find((other) => letters(other) === letters(name));
      if (meant) warn(`${name} is not an attribute; ${meant} is.`);
    }
  }
  if (element.querySelector('script, main, nav') || element.textContent.length > LONGEST_FALLBACK) {
    warn(
      'The rest of the page is inside the tag: write <chekt-connect …></chekt-connect>, not <chekt-connect … />.',
    );
  }
}

/** `externalDealerId`, `external_dealer_id` and `external-dealerid` mean one thing; so do `-url` and `-uri`. */
function letters(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/ur[il]$/, '');
}
