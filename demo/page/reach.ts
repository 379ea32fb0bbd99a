import { byId, make } from './dom.js';

interface Reached {
  readonly status: number | null;
  readonly sites: readonly { readonly name: string }[];
}

interface Reach {
  readonly dealers: readonly {
    readonly dealerId: number;
    readonly platform: Reached;
    readonly dealerApp: Reached;
  }[];
}

/** Shows what the client credentials of the platform, and those of one dealer's own app, can reach now. */
export async function showReach(base: string): Promise<void> {
  const { dealers } = (await (await fetch(`${base}/reach`)).json()) as Reach;
  byId('reach').replaceChildren(
    ...dealers.map(({ dealerId, platform, dealerApp }) =>
      make('tr', {}, make('th', { scope: 'row' }, String(dealerId)), cell(platform), cell(dealerApp)),
    ),
  );
}

function cell({ status, sites }: Reached): HTMLElement {
  if (status === 200) {
    return make(
      'td',
      { 'data-tone': 'good' },
      make('ul', {}, ...sites.map(({ name }) => make('li', {}, name))),
    );
  }
  const words = status === 403 ? 'no access' : 'no usable answer';
  return make('td', {}, make('strong', {}, status === null ? '–' : String(status)), ` ${words}`);
}
