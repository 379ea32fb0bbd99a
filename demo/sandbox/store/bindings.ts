import type { DealerId } from '../sample-data/dealers.js';

/** The link between a dealer at CHeKT and an account on the platform. */
export interface Binding {
  readonly dealerId: DealerId;
  readonly externalDealerId: string;
  readonly connectedAt: string;
  readonly connectedBy: string;
}

/** Keeps at most one binding per dealer and per external id. */
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

  /** Records a binding, replacing those that either side had. */
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
