import { connect, dana, never, refused, type Cell } from './cell.js';

const failed = (id: string, answer: Cell['answer'], attributes: Cell['attributes'] = {}): Cell => ({
  id,
  name: id,
  answer,
  attributes,
  act: connect,
});

/** Which sign-in it is does not show from it, so it is asked for again before the first PUT. */
const unnamed = { ...dana, sign_in_id: undefined };

/** Every error of an attempt to connect, by code and by what CHeKT or the service calls it. */
export const failures: readonly Cell[] = [
  failed('forbidden', refused(403, 'other')),
  failed('forbidden: permission_denied', refused(403, 'permission_denied')),
  failed('forbidden: not_permitted', refused(403, 'not_permitted')),
  failed('not-found', refused(404, 'dealer_not_found')),
  failed('conflict', refused(409, 'dealer_already_connected')),
  failed('conflict: idempotency_conflict', refused(409, 'idempotency_conflict')),
  failed('invalid-request', refused(400, 'invalid_request')),
  failed('rate-limited', refused(429, 'rate_limited', { headers: { 'Retry-After': '3600' } }), {
    timeout: '30000',
  }),
  failed('server', refused(501, 'server_error')),
  failed('invalid-response', () => Response.json({ dealer_id: 0 })),
  failed('network', () => Promise.reject(new TypeError('Failed to fetch')), { timeout: '1500' }),
  {
    id: 'network: nothing was sent',
    name: 'network: nothing was sent',
    tokens: [unnamed, () => Promise.reject(new TypeError('Failed to fetch'))],
    act: connect,
  },
  {
    id: 'server: nothing was sent',
    name: 'server: nothing was sent',
    tokenUrl: (before) => Response.json(before ? {} : unnamed, { status: before ? 500 : 200 }),
    act: connect,
  },
  failed('timeout', never, { timeout: '100' }),
];
