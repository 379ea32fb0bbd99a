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
