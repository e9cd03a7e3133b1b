import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { z } from 'zod';

const text = z.string().nullish();
const related = z.object({ bookingId: text, payerId: text, studentId: text, tutorId: text });

/** Keys by which a live subscription finds an event: what it is about, and the booking, payer and tutor that it touches. */
export function liveKeys(event: DomainEvent): readonly string[] {
  const noun = event.type.split('.')[2] ?? '';
  const { bookingId, payerId, studentId, tutorId } = related.safeParse(event.data).data ?? {};
  const payer = payerId ?? studentId;
  return [
    `${noun}:${event.subject}`,
    ...(bookingId ? [`booking:${bookingId}`] : []),
    ...(payer ? [`payer:${payer}`] : []),
    ...(tutorId ? [`tutor:${tutorId}`] : []),
  ];
}
