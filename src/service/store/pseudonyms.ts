import type { Binding } from '../../partner-api/dealer.js';
import type { Commit } from './commit-types.js';
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

  /** What an operation brings that had begun before its people were erased. */
  commit(commit: Commit): Commit {
    const { audit, outbox, change } = commit;
    return {
      ...commit,
      audit: audit.map((row) => ({
        ...row,
        actor: row.actor && this.actor(row.actor),
        person: row.person && this.person(row.person),
      })),
      outbox: outbox.map((row) => ({
        ...row,
        actor: row.actor && this.actor(row.actor),
        binding: row.binding && this.binding(row.binding),
      })),
      ...(change?.kind === 'put'
        ? {
            change: {
              ...change,
              binding: { ...change.binding, binding: this.binding(change.binding.binding) },
            },
          }
        : {}),
    };
  }

  #of(kind: string, value: string): string {
    const key = JSON.stringify([kind, value]);
    const known = this.#known.get(key) ?? this.#make();
    this.#known.set(key, known);
    return known;
  }
}

export const newPseudonym = () => `person-${crypto.randomUUID()}`;
