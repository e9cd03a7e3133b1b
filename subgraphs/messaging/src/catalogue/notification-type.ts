import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { z } from 'zod';
import type { Ask } from '../facts/ask.js';
import type { NotificationChannel, TargetKind, Urgency } from '../notifications/notification.rules.js';
import type { Values } from './values.js';

/** An event as `schema/events` and this room's events.ts tell of it. */
export interface CatalogueEvent<Schema extends z.ZodType = z.ZodType> {
  type: string;
  schema: Schema;
}

/** One event of a type, parsed. */
export interface Happening<Data> {
  subject: string;
  at: Date;
  data: Data;
}

/** Who is told, and with what. */
export interface Recipient {
  userId: string;
  /** What the texts are filled with. @see Values */
  values: Values;
  /** What it leads to. */
  target: { kind: TargetKind; id: string } | null;
  /** When it is of no use any more. @default never */
  expiresAt?: Date;
  /** What makes it the only one of its type for the person. @default the event's id */
  sourceId?: string;
}

/** What every type says of itself. */
interface Described {
  /** Such as `BOOKING_CONFIRMED`; its texts are under `notification.<type>` in messages. */
  type: string;
  /** For developers: what it is about and who gets it. */
  description: string;
  urgency: Urgency;
  /** Where it goes unless the person decided otherwise. */
  channels: readonly NotificationChannel[];
  /** Values as they may be, one for each way in which the texts differ, for previews and tests. */
  samples: readonly Values[];
}

/** A type before it is in the catalogue. */
export interface NotificationDefinition<Schema extends z.ZodType> extends Described {
  event: CatalogueEvent<Schema>;
  /** Who is to be told. Asks other rooms; nobody when what it is about is gone or stands otherwise by now. */
  recipients(ask: Ask, happening: Happening<z.output<Schema>>): Promise<readonly Recipient[]>;
  /** An event that is heard of later than that tells nobody. @default 48 */
  usefulHours?: number;
  /** Are people told whose account is suspended? @default false */
  reachesSuspended?: boolean;
}

/** One kind of notification. */
export interface NotificationType extends Described {
  /** The event behind it; null when staff sends it, or a job makes it. */
  eventType: string | null;
  reachesSuspended: boolean;
  /** Who is told of an event of that type. */
  recipientsOf(ask: Ask, event: DomainEvent, now: Date): Promise<readonly Recipient[]>;
}

const USEFUL_HOURS = 48;
const HOUR_MS = 60 * 60 * 1000;

/** Defines a type that an event makes; one file a type. */
export function defineNotification<Schema extends z.ZodType>(
  definition: NotificationDefinition<Schema>,
): NotificationType {
  const { event, recipients, usefulHours = USEFUL_HOURS, reachesSuspended = false, ...described } = definition;
  return {
    ...described,
    eventType: event.type,
    reachesSuspended,
    async recipientsOf(ask, { subject, time, data }, now) {
      const at = new Date(time);
      if (now.getTime() - at.getTime() > usefulHours * HOUR_MS) return [];
      return recipients(ask, { subject, at, data: event.schema.parse(data) });
    },
  };
}

/** Defines a type that no event makes by itself: staff sends it, or a job of this room. */
export function defineSending(described: Described): NotificationType {
  return { ...described, eventType: null, reachesSuspended: false, recipientsOf: () => Promise.resolve([]) };
}
