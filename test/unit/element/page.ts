/** In a build, the bundler replaces this in src/version.ts. */
Object.assign(globalThis, { __VERSION__: '1.2.3' });

/** Fakes a page at this address, as far as the code that reads the host's options needs one. */
export function openPage(href: string, { isOpaque = false } = {}): void {
  Object.assign(globalThis, { location: new URL(href), origin: isOpaque ? 'null' : new URL(href).origin });
}

export function closePage(): void {
  Reflect.deleteProperty(globalThis, 'location');
  Reflect.deleteProperty(globalThis, 'origin');
}
