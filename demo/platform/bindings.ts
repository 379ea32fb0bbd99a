/** What the platform keeps of a connected dealer; in the element's own names, so a page can hand it over as it is. */
export interface Binding {
  readonly dealerId: number;
  readonly externalDealerId: string;
  readonly companyName: string;
  readonly companyAddress1?: string;
  readonly companyAddress2?: string;
  readonly companyEmail?: string;
  readonly companyPhoneNumber?: string;
  readonly createdAt?: string;
  readonly connectedAt: string;
  readonly connectedBy?: string;
}

/**
 * The platform's record of which account is which dealer. A map here; in your database a table with the account as
 * its key, and beside it the trace id of the connect: that is your side of the audit trail.
 */
export class Bindings {
  readonly #byAccount = new Map<string, Binding>();

  get(externalDealerId: string): Binding | undefined {
    return this.#byAccount.get(externalDealerId);
  }

  save(binding: Binding): void {
    this.#byAccount.set(binding.externalDealerId, binding);
  }

  forget(externalDealerId: string): void {
    this.#byAccount.delete(externalDealerId);
  }
}

/** From CHeKT's answer to the platform, never from what a page sent. */
export function toBinding(
  { dealerId, externalDealerId }: { dealerId: number; externalDealerId: string },
  dealer: Record<string, unknown>,
  { connectedAt, connectedBy }: { connectedAt: string; connectedBy?: unknown },
): Binding {
  const optional = <K extends string>(key: K, value: unknown) =>
    (typeof value === 'string' && value !== '' ? { [key]: value } : {}) as { [P in K]?: string };
  return {
    dealerId,
    externalDealerId,
    companyName: String(dealer.company_name ?? ''),
    ...optional('companyAddress1', dealer.company_address1),
    ...optional('companyAddress2', dealer.company_address2),
    ...optional('companyEmail', dealer.company_email),
    ...optional('companyPhoneNumber', dealer.company_phone_number),
    ...optional('createdAt', dealer.created_at),
    connectedAt,
    ...optional('connectedBy', connectedBy),
  };
}
