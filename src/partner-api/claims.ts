export type Claims = Readonly<Record<string, unknown>>;

/** The payload of a JWT (RFC 7519), not verified. An opaque token has no claims. */
export function claimsOf(token = ''): Claims {
  const encoded = token.split('.')[1];
  if (!encoded) return {};
  try {
    const bytes = atob(encoded.replace(/-/g, '+').replace(/_/g, '/'));
    const text = new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
    return { ...(JSON.parse(text) as Claims) };
  } catch {
    return {};
  }
}

/** CHeKT's own claim: an object under a URL that differs between environments. */
export function partnerClaims(claims: Claims): Claims {
  for (const [name, value] of Object.entries(claims)) {
    if (name.endsWith('/claims/partner') && typeof value === 'object' && value !== null)
      return value as Claims;
  }
  return {};
}
