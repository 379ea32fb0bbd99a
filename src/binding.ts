/** The link between a dealer of CHeKT and the platform's own id for that dealer, as CHeKT recorded it. Frozen. */
export interface Binding {
  /** CHeKT's id of the dealer: a positive integer. */
  readonly dealerId: number;
  /** The id that the platform gives the dealer. */
  readonly externalDealerId: string;
  /** The registered name, as CHeKT returned it. */
  readonly companyName: string;
  readonly companyAddress1?: string;
  readonly companyAddress2?: string;
  readonly companyEmail?: string;
  readonly companyPhoneNumber?: string;
  /** When the dealer was registered with CHeKT (not when it connected), as it came from the wire. */
  readonly createdAt?: string;
  /** When the dealer connected, where the host keeps it: anything `new Date()` takes. */
  readonly connectedAt?: string;
  /** Who connected, where the host keeps it. */
  readonly connectedBy?: string;
}
