import type Stripe from 'stripe';
import { API_VERSION } from '../protocol/version.js';
import { newId, PLATFORM, randomText } from '../store/ids.js';
import type { EndpointFacts } from '../store/tables.js';
import type { Transaction } from '../store/transaction.js';

/** Where events are sent to, and what they are signed with. */
export interface Webhook {
  url: string;
  secret: string;
}

/** Endpoints of {@link setWebhooks} have ids of this beginning, so that a restart finds them again. */
const OF_SETTINGS = 'we_1EmulatorSettings';

/** A secret to sign with, as Stripe's look. */
export function newSecret(): string {
  return `whsec_${randomText(32)}`;
}

/** Makes an endpoint. */
export function addEndpoint(
  tx: Transaction,
  given: Pick<Stripe.WebhookEndpoint, 'url' | 'enabled_events'> & Partial<Stripe.WebhookEndpoint>,
  { secret, listensTo }: Pick<EndpointFacts, 'secret' | 'listensTo'>,
): Stripe.WebhookEndpoint {
  const endpoint: Stripe.WebhookEndpoint = {
    id: newId('we'),
    object: 'webhook_endpoint',
    api_version: API_VERSION,
    application: null,
    created: tx.now,
    description: null,
    livemode: false,
    metadata: {},
    status: 'enabled',
    ...given,
  };
  tx.put('endpoint_facts', { id: endpoint.id, secret, listensTo });
  return tx.put('webhook_endpoint', endpoint);
}

/** Takes an endpoint away, with all that it is owed. */
export function removeEndpoint(tx: Transaction, id: string): void {
  for (const delivery of tx.all('delivery', ({ endpoint }) => endpoint === id)) tx.remove('delivery', delivery.id);
  tx.remove('endpoint_facts', id);
  tx.remove('webhook_endpoint', id);
}

/**
 * Sends all events, those of connected accounts included, to these places instead of those that were set before. What
 * was not delivered to the first one of them goes to the first one of these, and so on.
 */
export function setWebhooks(tx: Transaction, webhooks: readonly Webhook[]): void {
  const platform = tx.in(PLATFORM);
  const ids = webhooks.map((_webhook, index) => `${OF_SETTINGS}${index}`);
  const former = platform.all('webhook_endpoint', ({ id }) => id.startsWith(OF_SETTINGS) && !ids.includes(id));
  for (const { id } of former) removeEndpoint(platform, id);
  for (const [index, { url, secret }] of webhooks.entries()) {
    const id = ids[index] ?? OF_SETTINGS;
    addEndpoint(platform, { id, url, enabled_events: ['*'] }, { secret, listensTo: 'both' });
  }
}
