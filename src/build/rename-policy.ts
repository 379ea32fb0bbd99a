import type { Plugin } from 'vite';

/** The host may have its own Lit, and a strict Content Security Policy allows each policy name once. */
export const renamePolicy: Plugin = {
  name: 'rename-policy',
  applyToEnvironment: ({ name }) => name === 'script',
  renderChunk(code) {
    const parts = code.split('createPolicy("lit-html"');
    if (parts.length !== 2) this.error(`Lit creates its policy ${parts.length - 1} times instead of once.`);
    return { code: parts.join('createPolicy("chekt-connect"'), map: null };
  },
};
