type Rgb = readonly [red: number, green: number, blue: number, alpha: number];

/** Parses a color as `getComputedStyle` returns it: `rgb(…)`, or `color(srgb …)` after color-mix(). */
export function parse(color: string): Rgb {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  const scale = color.startsWith('color(srgb') ? 255 : 1;
  return [red * scale, green * scale, blue * scale, alpha];
}

function over(front: Rgb, back: Rgb): Rgb {
  const mix = (channel: 0 | 1 | 2) => front[channel] * front[3] + back[channel] * (1 - front[3]);
  return [mix(0), mix(1), mix(2), 1];
}

/**
 * The color behind an element's content: its own and its ancestors' backgrounds, over the page's white or
 * black.
 */
export function backgroundOf(element: Element | null): Rgb {
  if (!element) return parse('rgb(255 255 255)');
  const own = parse(getComputedStyle(element).backgroundColor);
  if (own[3] === 1) return own;
  return over(own, backgroundOf(element.parentElement ?? (element.getRootNode() as ShadowRoot).host));
}

/** Relative luminance of WCAG 2.2. */
function luminance(color: Rgb): number {
  const linear = (channel: 0 | 1 | 2) => {
    const value = color[channel] / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2);
}

function ratioOf(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The contrast of a color, which may be translucent, with the color behind it. */
export function contrast(color: string, back: Rgb): number {
  return ratioOf(over(parse(color), back), back);
}
