/** pino's interface, and what `console` can do of it: fields first, then a sentence. */
export interface Logger {
  readonly debug?: (fields: object, message: string) => void;
  readonly info?: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}

/** Warnings and errors, one line each. */
export const consoleLogger: Logger = {
  warn: (fields, message) => console.warn(`chekt-connect: ${message} ${JSON.stringify(fields)}`),
  error: (fields, message) => console.error(`chekt-connect: ${message} ${JSON.stringify(fields)}`),
};

/** What may stand in a log line of an error that is not ours: its kind and code. A message or a cause may quote a secret. */
export function errorFields(error: unknown): { error: string; errorCode?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { error: error.name, ...(code === undefined ? {} : { errorCode: code }) };
}
