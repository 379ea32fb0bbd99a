import type { DealerId } from '../sample-data/dealers.js';

/** A dealer's account at CHeKT and its account at the platform, tied together. */
export interface Binding {
  readonly dealerId: DealerId;
  readonly externalDealerId: string;
  readonly connectedAt: string;
  readonly connectedBy: string;
}

/** At most one binding a dealer, and one dealer an external id. */
export class Bindings {
  readonly #byDealer = new Map<DealerId, Binding>();

  list(): Binding[] {
    return [...this.#byDealer.values()];
  }

  ofDealer(id: DealerId): Binding | undefined {
    return this.#byDealer.get(id);
  }

  ofExternalId(externalDealerId: string): Binding | undefined {
    return this.list().find((binding) => binding.externalDealerId === externalDealerId);
  }

  /** Records a binding in place of whatever either side had before. */
  record(binding: Binding): void {
    this.removeExternalId(binding.externalDealerId);
    this.#byDealer.set(binding.dealerId, binding);
  }

  remove(id: DealerId): void {
    this.#byDealer.delete(id);
  }

  removeExternalId(externalDealerId: string): boolean {
    const binding = this.ofExternalId(externalDealerId);
    return binding !== undefined && this.#byDealer.delete(binding.dealerId);
  }
}
