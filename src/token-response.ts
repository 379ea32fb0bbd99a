/** The successful answer of a token endpoint (RFC 6749 §5.1), with what an opaque token cannot say. */
export interface TokenResponse {
  /** Left out in service mode, where the platform's service keeps it. */
  readonly access_token?: string;
  readonly token_type?: string;
  /** Seconds from now. */
  readonly expires_in?: number;
  /** Space-separated. */
  readonly scope?: string;
  /** OpenID Connect; read for display only. */
  readonly id_token?: string;
  readonly name?: string;
  readonly email?: string;
  readonly company_name?: string;
  readonly dealer_id?: string | number;
}
