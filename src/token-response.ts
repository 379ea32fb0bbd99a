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
  /** Not used; read so that no answer can bring it back to the screen. */
  readonly refresh_token?: string;
  readonly name?: string;
  readonly email?: string;
  readonly company_name?: string;
  readonly dealer_id?: string | number;
  /** Opaque, 1–64 characters of `[A-Za-z0-9._~-]`, no secret: one per completed sign-in, the same through every refresh. */
  readonly sign_in_id?: string;
  /** The platform's id of the dealer that this is for; another than was asked for is `other_account`. */
  readonly external_dealer_id?: string;
}
