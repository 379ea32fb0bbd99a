/** A subset of pino's interface: fields first, then a message. */
export interface Logger {
  readonly debug?: (fields: object, message: string) => void;
  readonly info?: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}

/** Logs warnings and errors to the console, one line each. */
export const consoleLogger: Logger = {
  warn: (fields, message) => console.warn(`chekt-connect: ${message} ${JSON.stringify(fields)}`),
  error: (fields, message) => console.error(`chekt-connect: ${message} ${JSON.stringify(fields)}`),
};

/** The loggable part of a third-party error: its name and code. Its message or cause may quote a secret. */
export function errorFields(error: unknown): { error: string; errorCode?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { error: error.name, ...(code === undefined ? {} : { errorCode: code }) };
}

/** Words of ours, which say what to run. Those of a driver may quote its connection string. */
export function schemaWords(error: unknown): string {
  return error instanceof Error && error.name === 'StoreSchemaError' ? ` ${error.message}` : '';
}

const FRAME = / at (?:.* \()?(?:async )?(\S.*?):(\d+):\d+\)?$/;
const MOST_FRAMES = 4;

/**
 * Where a third-party error was thrown, as `file:line`, the innermost first. Nothing else of its stack, which begins with the
 * message.
 */
export function thrownAt(error: unknown): readonly string[] {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return [];
  const start = error.stack.indexOf(`${error.message}\n    at `);
  if (start === -1) return []; // the message has been changed since, and lines of the old one could look like frames
  const frames = error.stack.slice(start + error.message.length).split('\n');
  return frames
    .flatMap((line) => {
      const [, file = '', row = ''] = FRAME.exec(line) ?? [];
      const path = file.replace(/[?#].*/, '');
      return path === '' || /^(node|data|blob):|<anonymous>/.test(path) ? [] : [`${path}:${row}`];
    })
    .slice(0, MOST_FRAMES);
}
