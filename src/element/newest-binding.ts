import type { Binding } from '../partner-api/dealer.js';

/** Which binding there is, by the newest word of the host, its service or CHeKT. */
export class NewestBinding {
  /** `undefined`: not known. `null`: none. */
  value: Binding | null | undefined;
  /** As the host set it, not parsed. `undefined`: the host leaves it to its service. */
  host: unknown;
  /** It has been set and has not reached the session yet. */
  isNew = false;

  set(binding: Binding | null | undefined): void {
    this.value = this.host = binding;
    this.isNew = true;
  }

  /** The service has described the account, which counts unless the host has set a binding itself. */
  answered(): void {
    this.isNew ||= this.host === undefined;
  }

  /** CHeKT's answer replaces what the host or the service said before it, even if they said it during the operation. */
  recorded(binding: Binding | null): void {
    this.value = binding;
    this.isNew = false;
    if (this.host !== undefined) this.host = binding;
  }

  /** A new embed drops the binding of the old one, unless the host has set it together with the new id. */
  changed(isFirst: boolean): void {
    if (!this.isNew && !isFirst) this.value = this.host = undefined;
    this.isNew ||= this.host !== undefined;
  }
}
