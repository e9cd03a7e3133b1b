import { afterCommit } from '@tutorgraph/kit/database/transaction';
import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import * as market from '@tutorgraph/schema/events/marketplace';
import type { OutcomeKind } from './feedback.entity.js';
import type { Happened, MarketplaceFacts, Undone } from './happened.js';
import { answerOrder } from './order-impression.repository.js';
import { deleteOutcome, insertOutcome } from './outcome.repository.js';

/**
 * Notes what becomes of tutors: who applies, is chosen, booked, praised and comes again; each once, and to the credit
 * of the list in which the student last saw the tutor before. Events say only that something is otherwise, how it stands is
 * asked: so a review has the rating that it has now, whichever of its events comes late or again.
 */
export function outcomesConsumer(
  facts: MarketplaceFacts,
  metrics: Metrics,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const noted = metrics.counter({
    name: 'recommendation_outcomes_total',
    help: 'What became of tutors, by what it was and whether the student had seen the tutor in a list before',
    labelNames: ['kind', 'listed'],
  });
  const answered = metrics.counter({
    name: 'recommendation_orders_answered_total',
    help: 'Applications, by whether the tutor had seen the order in a list of orders to answer before',
    labelNames: ['listed'],
  });
  const handler = (prepare: (event: DomainEvent) => Promise<Happened | Undone | null>): EventHandler =>
    ({
      prepare,
      apply: async (tx, _event, what) => {
        if (!what) return;
        if ('isUndone' in what) return deleteOutcome(tx, what);
        const stored = await insertOutcome(tx, what);
        if (!stored) return;
        afterCommit(() => noted.inc({ kind: what.kind, listed: String(stored.isListed) }));
        const { kind, orderId } = what;
        if (kind !== 'APPLIED' || orderId === null) return;
        const wasShown = await answerOrder(tx, { ...what, orderId });
        afterCommit(() => answered.inc({ listed: String(wasShown) }));
      },
    }) satisfies EventHandler<Happened | Undone | null> as EventHandler;
  const reviewed = handler((event) => ofReview(facts, event));
  return {
    name: 'outcomes',
    stream: 'marketplace',
    handlers: {
      [market.applicationSubmitted.type]: handler((event) => ofApplication(facts, 'APPLIED', event)),
      [market.applicationChosen.type]: handler((event) => ofApplication(facts, 'CHOSEN', event)),
      [market.bookingConfirmed.type]: handler((event) => ofBooking(facts, 'BOOKED', event)),
      [market.bookingCompleted.type]: handler((event) => ofBooking(facts, 'REPEATED', event)),
      [market.reviewPosted.type]: reviewed,
      // Also when staff hides a review or lets it be seen.
      [market.reviewUpdated.type]: reviewed,
      [market.reviewDeleted.type]: reviewed,
    },
  };
}

async function ofApplication(
  facts: MarketplaceFacts,
  kind: OutcomeKind,
  { subject: sourceId, time, data }: DomainEvent,
): Promise<Happened | null> {
  const { orderId, tutorId } = market.applicationSubmitted.schema.parse(data);
  const order = await facts.order(orderId);
  return order && { kind, sourceId, tutorId, ...order, orderId, rating: null, at: new Date(time) };
}

async function ofBooking(
  facts: MarketplaceFacts,
  kind: OutcomeKind,
  { subject: sourceId, time, data }: DomainEvent,
): Promise<Happened | null> {
  const { tutorId } = market.bookingConfirmed.schema.parse(data);
  const lesson = await facts.lesson(sourceId);
  if (!lesson || (kind === 'REPEATED' && lesson.lessonsBefore === 0)) return null;
  const { lessonsBefore: _lessonsBefore, ...who } = lesson;
  return { kind, sourceId, tutorId, ...who, rating: null, at: new Date(time) };
}

async function ofReview(
  facts: MarketplaceFacts,
  { subject: sourceId, data }: DomainEvent,
): Promise<Happened | Undone | null> {
  const { tutorId, bookingId } = market.reviewUpdated.schema.parse(data);
  const review = await facts.review(sourceId);
  if (!review) return { kind: 'REVIEWED', sourceId, isUndone: true };
  const lesson = await facts.lesson(bookingId);
  if (!lesson) return null;
  const { lessonsBefore: _lessonsBefore, ...who } = lesson;
  return { kind: 'REVIEWED', sourceId, tutorId, ...who, rating: review.rating, at: review.createdAt };
}
