import type Stripe from 'stripe';
import { API_VERSION } from '../protocol/version.js';
import { newId, PLATFORM } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { deliveryId } from './delivery-id.js';

/** How long events are kept, in seconds. */
const KEPT_FOR = 30 * 86_400;

/**
 * Tells of a change: an event among those of the transaction's account, and a delivery for every endpoint that listens
 * to it.
 *
 * @param object as it is now, nothing expanded
 * @param before as it was, when it was changed; what differs is told as `previous_attributes`
 */
export function emit(tx: Transaction, type: Stripe.Event['type'], object: object, before?: object): void {
  const event = {
    id: newId('evt'),
    object: 'event',
    ...(tx.account !== PLATFORM && { account: tx.account }),
    api_version: API_VERSION,
    created: tx.now,
    data: { object, ...(before && { previous_attributes: previousAttributes(before, object) }) },
    livemode: false,
    pending_webhooks: 0,
    request: { id: tx.surroundings.origin.requestId, idempotency_key: tx.surroundings.origin.idempotencyKey },
    type,
  };
  tx.forgetBefore('event', tx.now - KEPT_FOR);
  // The type of an event tells its object's type, which no caller's types can prove here.
  tx.put('event', event as Stripe.Event);
  for (const endpoint of listeners(tx, type)) {
    const id = deliveryId(event.id, endpoint);
    const delivery = { id, event: event.id, account: tx.account, endpoint, attempts: 0, isGivenUp: false };
    tx.in(PLATFORM).put('delivery', delivery);
  }
}

/** Endpoints that want events of this type from the transaction's account. */
function listeners(tx: Transaction, type: string): string[] {
  const platform = tx.in(PLATFORM);
  const own = tx.account === PLATFORM ? 'account' : 'connect';
  const endpoints = platform.all('webhook_endpoint', ({ id, status, enabled_events: wanted }) => {
    const { listensTo } = platform.get('endpoint_facts', id);
    const isHeard = listensTo === 'both' || listensTo === own;
    return status === 'enabled' && isHeard && (wanted.includes('*') || wanted.includes(type));
  });
  return endpoints.map(({ id }) => id);
}

function previousAttributes(before: object, after: object): object {
  const then: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(before)) {
    if (JSON.stringify(value) !== JSON.stringify(Reflect.get(after, key))) then[key] = value;
  }
  for (const key of Object.keys(after)) if (!(key in before)) then[key] = null;
  return then;
}
