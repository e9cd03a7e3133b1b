import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import type { NotificationType, Recipient } from '../catalogue/notification-type.js';
import { Ask } from '../facts/ask.js';
import { peopleOf } from '../facts/people.js';
import type { NewNotification } from '../notifications/new-notification.js';
import type { Notifier } from '../notifications/notify.js';

/** Of how many people one call of `notify` tells at most. */
const AT_ONCE = 500;

/** What it takes to find out whom to tell, and to tell them. */
export interface Asking {
  graph: GraphClient;
  /** This room's. */
  em: EntityManager;
  notifier: Notifier;
}

/** Tells people of what happens in a room, by the catalogue. One consumer for each stream that has something to tell. */
export function notificationsConsumers(
  types: readonly NotificationType[],
  { graph, em, notifier }: Asking,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'>[] {
  const byEvent = Map.groupBy(
    types.filter(({ eventType }) => eventType !== null),
    ({ eventType }) => eventType ?? '',
  );
  const byStream = Map.groupBy(byEvent, ([eventType]) => eventType.split('.')[1] ?? '');
  return [...byStream].map(([stream, events]) => ({
    name: `notifications-of-${stream}`,
    stream,
    handlers: Object.fromEntries(
      events.map(([event, told]) => [event, handler(told, () => new Ask(graph, em.fork()), notifier) as EventHandler]),
    ),
  }));
}

function handler(
  types: readonly NotificationType[],
  ask: () => Ask,
  notifier: Notifier,
): EventHandler<NewNotification[]> {
  return {
    prepare: (event) => notificationsOf(types, ask(), event, new Date()),
    apply: async (tx: EntityManager, _event, notifications) => {
      for (let from = 0; from < notifications.length; from += AT_ONCE) {
        await notifier.notify(tx, notifications.slice(from, from + AT_ONCE));
      }
    },
  };
}

/** What an event makes people be told. */
export async function notificationsOf(
  types: readonly NotificationType[],
  ask: Ask,
  event: DomainEvent,
  now: Date,
): Promise<NewNotification[]> {
  const told = await Promise.all(
    types.map(async (type) => (await type.recipientsOf(ask, event, now)).map((recipient) => ({ type, recipient }))),
  );
  const all = told.flat();
  const people = await peopleOf(
    ask,
    all.map(({ recipient }) => recipient.userId),
  );
  return all.flatMap(({ type, recipient }) => {
    const person = people.get(recipient.userId);
    // Who has no account any longer is told nothing, and who may not sign in only what is about that.
    if (!person || person.isErased || (person.isSuspended && !type.reachesSuspended)) return [];
    return [newNotification(type, recipient, { eventId: event.id, timeZone: person.timeZone })];
  });
}

function newNotification(
  { type, urgency, channels }: NotificationType,
  { userId, values, target, expiresAt, sourceId }: Recipient,
  { eventId, timeZone }: { eventId: string; timeZone: string },
): NewNotification {
  return {
    ...{ userId, type, urgency, channels, target, timeZone },
    values: { ...values },
    sourceId: sourceId ?? eventId,
    expiresAt: expiresAt ?? null,
  };
}
