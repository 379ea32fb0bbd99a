/** What the bundler puts in for src/version.ts. */
Object.assign(globalThis, { __VERSION__: '1.2.3' });

/** A page at this address, as far as the code that reads the host's options looks at one. */
export function openPage(href: string, { isOpaque = false } = {}): void {
  Object.assign(globalThis, { location: new URL(href), origin: isOpaque ? 'null' : new URL(href).origin });
}

export function closePage(): void {
  Reflect.deleteProperty(globalThis, 'location');
  Reflect.deleteProperty(globalThis, 'origin');
}
