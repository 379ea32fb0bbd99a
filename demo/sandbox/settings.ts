import type { SandboxOptions } from './index.js';

type Settings = Required<Pick<SandboxOptions, 'platformOrigins' | 'redirectUris'>> & {
  readonly port: number;
};

const DEFAULT_PORT = 5174;
const DEFAULT_ORIGINS = 'http://localhost:3000,http://localhost:5173';

/** Reads the environment. Throws an Error that names the variable if a value cannot be used. */
export function settingsFrom(environment: Readonly<Record<string, string | undefined>>): Settings {
  const port = environment['SANDBOX_PORT'] || String(DEFAULT_PORT);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Error(
      `SANDBOX_PORT is ${JSON.stringify(port)}: it takes a port from 0 (any free one) to 65535.`,
    );
  }
  const platformOrigins = list(environment['PLATFORM_ORIGINS'] || DEFAULT_ORIGINS);
  for (const origin of platformOrigins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new Error(
        `PLATFORM_ORIGINS has ${JSON.stringify(origin)}: it takes origins like http://localhost:3000, separated by commas.`,
      );
    }
  }
  const redirectUris = list(environment['REDIRECT_URIS'] ?? '');
  for (const uri of redirectUris) {
    if (!URL.canParse(uri)) throw new Error(`REDIRECT_URIS has ${JSON.stringify(uri)}, which is no URL.`);
  }
  return { port: Number(port), platformOrigins, redirectUris };
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
