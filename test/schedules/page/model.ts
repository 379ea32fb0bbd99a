import type { Command } from '../model/server.js';
import type { Outcome, PageData, ServerStep, WorldOptions } from '../schedule.js';

interface Created {
  readonly id: string;
  readonly apiBaseUrl: string;
  readonly page: PageData;
}

/** The model of one schedule, as the page reaches it. */
export class Model {
  readonly id: string;
  readonly apiBaseUrl: string;
  readonly firstPage: PageData;
  readonly #told: ServerStep[] = [];

  static async create(options: WorldOptions): Promise<Model> {
    return new Model(await command('new', [{ do: 'create', options }]));
  }

  private constructor({ id, apiBaseUrl, page }: Created) {
    this.id = id;
    this.apiBaseUrl = apiBaseUrl;
    this.firstPage = page;
  }

  /** Queues a step of the servers. `settle` sends the queue in one request, before the next step of a page. */
  tell(what: ServerStep): void {
    this.#told.push(what);
  }

  /** @returns the data of a page that is loaded now */
  async settle(): Promise<PageData> {
    return await command(this.id, this.#told.splice(0));
  }

  get isSettled(): boolean {
    return this.#told.length === 0;
  }

  async end(): Promise<Outcome> {
    return await command(this.id, [...this.#told.splice(0), { do: 'end' }]);
  }

  /** The platform's own service, as one of the tabs reaches it. */
  serviceUrl(tab: number): string {
    return `/__schedules/${this.id}/tab${tab}`;
  }
}

async function command<Result>(id: string, body: readonly Command[]): Promise<Result> {
  const response = await fetch(`/__schedules/command/${id}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`The model answers ${response.status}.`);
  return (await response.json()) as Result;
}
