import type { Binding } from '../../partner-api/dealer.js';
import type { Actor, Person } from './records.js';

/** Gives the same person the same pseudonym, irreversibly. */
export class Pseudonyms {
  readonly #make: () => string;
  readonly #known = new Map<string, string>();

  constructor(make: () => string) {
    this.#make = make;
  }

  actor({ id }: Actor): Actor {
    return { id: this.#of('actor', id), name: null };
  }

  person({ sub, email, name }: Person): Person {
    return { sub: this.#of('person', sub ?? email ?? name ?? ''), name: null, email: null };
  }

  /** Only `connectedBy` names a person; the other fields are the company's. */
  binding({ connectedBy, ...rest }: Binding): Binding {
    return connectedBy === undefined ? rest : { ...rest, connectedBy: this.#of('name', connectedBy) };
  }

  #of(kind: string, value: string): string {
    const key = JSON.stringify([kind, value]);
    const known = this.#known.get(key) ?? this.#make();
    this.#known.set(key, known);
    return known;
  }
}
