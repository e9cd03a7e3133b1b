import type Stripe from 'stripe';
import { z } from 'zod';
import { boolean, clearable, mergeMetadata, metadata, text } from '../http/input.js';
import { list, page } from '../http/list.js';
import { addEndpoint, newSecret, removeEndpoint } from '../webhooks/endpoints.js';
import { type Resource, route } from './resource.js';

const url = text.refine((value) => URL.canParse(value) && /^https?:/.test(value), {
  error: ({ input }) => `Invalid URL: ${input}`,
});
const enabledEvents = z.array(text).min(1);

/** Webhook endpoints: where events are sent to. */
export const webhookEndpoints: Resource = {
  routes: [
    route(
      'POST /v1/webhook_endpoints',
      {
        api_version: text.optional(),
        connect: boolean.optional(),
        description: clearable(text),
        enabled_events: enabledEvents,
        metadata,
        url,
      },
      ({ tx }, { connect = false, description = null, enabled_events, metadata, url }) => {
        const secret = newSecret();
        const given = { description, enabled_events, metadata: mergeMetadata({}, metadata), url };
        const endpoint = addEndpoint(tx, given, { secret, listensTo: connect ? 'connect' : 'account' });
        return { ...endpoint, secret };
      },
    ),
    route('GET /v1/webhook_endpoints/:id', {}, ({ tx, path }) => tx.get('webhook_endpoint', path['id'] ?? '')),
    route(
      'POST /v1/webhook_endpoints/:id',
      {
        description: clearable(text),
        disabled: boolean.optional(),
        enabled_events: enabledEvents.optional(),
        metadata,
        url: url.optional(),
      },
      ({ tx, path }, { disabled, metadata, ...input }) => {
        const before = tx.get('webhook_endpoint', path['id'] ?? '');
        const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
        const after: Stripe.WebhookEndpoint = {
          ...before,
          ...given,
          ...(disabled !== undefined && { status: disabled ? 'disabled' : 'enabled' }),
          metadata: mergeMetadata(before.metadata, metadata),
        };
        return tx.put('webhook_endpoint', after);
      },
    ),
    route('DELETE /v1/webhook_endpoints/:id', {}, ({ tx, path }) => {
      const { id } = tx.get('webhook_endpoint', path['id'] ?? '');
      removeEndpoint(tx, id);
      return { id, object: 'webhook_endpoint', deleted: true };
    }),
    route('GET /v1/webhook_endpoints', page, (call, input) => list(call, 'webhook_endpoint', input)),
  ],
};
