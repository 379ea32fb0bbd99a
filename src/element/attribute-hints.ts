import { warn } from './host-options.js';

/** Characters. What a page shows until the script has run is shorter than this. */
const LONGEST_FALLBACK = 2000;

/**
 * Warns about markup that the element would otherwise silently ignore: attributes set by a framework instead of properties,
 * misspelled attributes, and `<chekt-connect />`, which HTML takes for an opening tag. Each warning appears once per page.
 */
export function hintAtMarkup(element: Element, known: readonly string[]): void {
  const hint = () => readMarkup(element, known);
  // only then is it known what the parser has put inside
  if (document.readyState === 'complete') hint();
  else addEventListener('load', hint, { once: true });
}

function readMarkup(element: Element, known: readonly string[]): void {
  for (const { name, value } of element.attributes) {
    if (name === 'disabled' && value === 'false') {
      warn('disabled="false" disables: remove it, or set the property (React 18: from a ref).');
    } else if (value.startsWith('[object ')) {
      warn(`${name}="[object …]" is not a value: set the property (React 18: from a ref).`);
    } else if (!known.includes(name)) {
      const meant = known.find((other) => letters(other) === letters(name));
      if (meant) warn(`${name} is not an attribute; did you mean ${meant}?`);
    }
  }
  if (element.querySelector('script, main, nav') || element.textContent.length > LONGEST_FALLBACK) {
    warn(
      'HTML ignores the slash in <chekt-connect />: the rest of the page is inside. Write </chekt-connect>.',
    );
  }
}

/** Equal for `externalDealerId`, `external_dealer_id` and `external-dealerid`, and for `-url` and `-uri`. */
function letters(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/ur[il]$/, '');
}
