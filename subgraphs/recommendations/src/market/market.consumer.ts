import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import * as market from '@tutorgraph/schema/events/marketplace';
import { z } from 'zod';
import type { MarketKind } from './market.rules.js';
import type { MarketSource, MarketState } from './market-source.js';
import type { MarketWriter } from './market-writer.js';

/** What stands in the inbox of this room; the catch-up looks there, too. */
export const MARKET_CONSUMER = { name: 'market', stream: 'marketplace' } as const;

/** What an event is about; null when it changes nothing here. */
type Aim = (event: DomainEvent) => { kind: MarketKind; id: string } | null;

const subjectIs =
  (kind: MarketKind): Aim =>
  ({ subject }) => ({ kind, id: subject });

const ofTutor = z.object({ tutorId: z.uuid() });
const tutorOf: Aim = ({ data }) => ({ kind: 'TUTOR', id: ofTutor.parse(data).tutorId });

const ofCase = z.object({ kind: z.string(), targetId: z.uuid(), tutorId: z.uuid() });
const moderated: Aim = ({ data }) => {
  const { kind, targetId, tutorId } = ofCase.parse(data);
  if (kind === 'REVIEW') return { kind, id: targetId };
  return kind === 'PROFILE' ? { kind: 'TUTOR', id: tutorId } : null;
};

const AIMS: readonly (readonly [Aim, readonly { type: string }[]])[] = [
  [
    subjectIs('TUTOR'),
    [market.tutorCreated, market.tutorChanged, market.tutorHidden, market.tutorShown, market.scheduleChanged],
  ],
  [
    tutorOf,
    [
      ...[market.offeringAdded, market.offeringChanged, market.offeringWithdrawn],
      ...[market.verificationApproved, market.verificationRejected, market.verificationExpired],
    ],
  ],
  [
    subjectIs('ORDER'),
    [market.orderPosted, market.orderUpdated, market.orderMatched, market.orderClosed, market.orderDeleted],
  ],
  [
    subjectIs('APPLICATION'),
    [
      ...[market.applicationSubmitted, market.applicationWithdrawn, market.applicationChosen],
      ...[market.applicationDeclined, market.applicationNotChosen],
    ],
  ],
  [
    subjectIs('BOOKING'),
    [
      ...[market.bookingCreated, market.bookingPaymentAwaited, market.bookingConfirmed, market.bookingRescheduled],
      ...[market.bookingStarted, market.bookingCompleted, market.bookingCancelled, market.bookingExpired],
      ...[market.bookingNoShow, market.bookingDisputed],
    ],
  ],
  [subjectIs('REVIEW'), [market.reviewPosted, market.reviewUpdated, market.reviewDeleted]],
  [moderated, [market.moderationQueued, market.moderationDecided]],
];

/**
 * Keeps this room's picture of the market up to date. Events say only what has changed; how it stands now is asked, so
 * that late and repeated ones do no harm.
 */
export function marketConsumer(
  source: MarketSource,
  writer: MarketWriter,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const handlers = AIMS.flatMap(([aim, types]) =>
    types.map(({ type }): [string, EventHandler] => [type, handlerOf(aim, source, writer)]),
  );
  return { ...MARKET_CONSUMER, handlers: Object.fromEntries(handlers) };
}

function handlerOf(aim: Aim, source: MarketSource, writer: MarketWriter): EventHandler<MarketState | null> {
  return {
    prepare: async (event: DomainEvent) => {
      const found = aim(event);
      return found && source.byIds(found.kind, [found.id]);
    },
    apply: async (tx: EntityManager, _event: DomainEvent, state) => {
      if (state) await writer.write(tx, state, new Date());
    },
  };
}
