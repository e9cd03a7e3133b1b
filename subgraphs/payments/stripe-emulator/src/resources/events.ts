import { z } from 'zod';
import { presentEvent, undeliveredEvents } from '../events/present.js';
import { boolean, text } from '../http/input.js';
import { list, pageInTime } from '../http/list.js';
import { type Resource, route } from './resource.js';

/** Events: what has happened in the last thirty days. */
export const events: Resource = {
  routes: [
    route('GET /v1/events/:id', {}, ({ tx, path }) => presentEvent(tx, tx.get('event', path['id'] ?? ''))),
    route(
      'GET /v1/events',
      {
        ...pageInTime,
        delivery_success: boolean.optional(),
        type: text.optional(),
        types: z.array(text).max(20).optional(),
      },
      (call, { delivery_success: isDelivered, type, types, ...input }) => {
        const wanted = type === undefined ? types : [type];
        const undelivered = undeliveredEvents(call.tx);
        const found = list(
          call,
          'event',
          input,
          (event) =>
            (wanted === undefined || wanted.some((pattern) => fits(pattern, event.type))) &&
            (isDelivered === undefined || isDelivered !== undelivered.has(event.id)),
        );
        return { ...found, data: found.data.map((event) => presentEvent(call.tx, event)) };
      },
    ),
  ],
};

/** A type, or a group of types such as `charge.*`. */
function fits(pattern: string, type: string): boolean {
  if (!pattern.includes('*')) return pattern === type;
  const parts = pattern.split('*').map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('.*')}$`).test(type);
}
