/** The fields of a token request that must not be logged. */
const SECRETS = new Set([
  'client_secret',
  'client_assertion',
  'code',
  'code_verifier',
  'refresh_token',
  'token',
  'password',
]);

/** The form of a token request without its secrets. */
export function withoutSecrets(form: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(form).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts.map(([name, value]) => [name, SECRETS.has(name) ? '[redacted]' : value]));
}
