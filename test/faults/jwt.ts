/** An unsigned JWT; only its claims matter here. The signature is the canary. */
export function jwt(canary: string, claims: object): string {
  const part = (value: object) =>
    btoa(JSON.stringify(value)).replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_');
  return `${part({ alg: 'RS256' })}.${part(claims)}.${canary.replace('.', '-')}`;
}
