import type Stripe from 'stripe';
import { PLATFORM } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { deliveryId } from './delivery-id.js';

/** An event with the number of endpoints that have not taken it yet. */
export function presentEvent(tx: Transaction, event: Stripe.Event): Stripe.Event {
  return { ...event, pending_webhooks: pendingDeliveries(tx, event.id) };
}

/** The events that some endpoint has not taken, those included that will not be tried again. */
export function undeliveredEvents(tx: Transaction): ReadonlySet<string> {
  return new Set(
    tx
      .in(PLATFORM)
      .all('delivery')
      .map(({ event }) => event),
  );
}

function pendingDeliveries(tx: Transaction, event: string): number {
  const platform = tx.in(PLATFORM);
  return platform.all('webhook_endpoint').filter(({ id }) => platform.find('delivery', deliveryId(event, id))).length;
}
