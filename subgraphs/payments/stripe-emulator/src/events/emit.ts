import type Stripe from 'stripe';
import { API_VERSION } from '../protocol/version.js';
import { newId, PLATFORM } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';

/**
 * Tells of a change: an event among those of the transaction's account, and a delivery for every endpoint that listens
 * to it.
 *
 * @param object as it is now, nothing expanded
 * @param before as it was, when it was changed; what differs is told as `previous_attributes`
 */
export function emit(tx: Transaction, type: Stripe.Event['type'], object: object, before?: object): void {
  const platform = tx.in(PLATFORM);
  const isConnected = tx.account !== PLATFORM;
  const endpoints = platform.all('webhook_endpoint', ({ id, status, enabled_events }) => {
    const listensTo = platform.find('endpoint_facts', id)?.listensTo ?? 'account';
    return (
      status === 'enabled' &&
      (enabled_events.includes('*') || enabled_events.includes(type)) &&
      (listensTo === 'both' || (listensTo === 'connect') === isConnected)
    );
  });
  const event = {
    id: newId('evt'),
    object: 'event',
    ...(isConnected && { account: tx.account }),
    api_version: API_VERSION,
    created: tx.now,
    data: { object, ...(before && { previous_attributes: previousAttributes(before, object) }) },
    livemode: false,
    pending_webhooks: endpoints.length,
    request: { id: tx.surroundings.origin.requestId, idempotency_key: tx.surroundings.origin.idempotencyKey },
    type,
  };
  // The type of an event tells its object's type, which no caller's types can prove here.
  tx.put('event', event as Stripe.Event);
  for (const endpoint of endpoints) {
    const delivery = { id: newId('dlv'), event: event.id, account: tx.account, endpoint: endpoint.id };
    platform.put('delivery', { ...delivery, attempts: 0, isGivenUp: false });
  }
}

function previousAttributes(before: object, after: object): object {
  const then: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(before)) {
    if (JSON.stringify(value) !== JSON.stringify(Reflect.get(after, key))) then[key] = value;
  }
  for (const key of Object.keys(after)) if (!(key in before)) then[key] = null;
  return then;
}
