import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { z } from 'zod';

const text = z.string().nullish();
const related = z.object({ orderId: text, tutorId: text, studentId: text });

/** Keys by which a live subscription finds an event: what it is about, and the order, tutor and student that it touches. */
export function liveKeys(event: DomainEvent): readonly string[] {
  const noun = event.type.split('.')[2] ?? '';
  const { orderId, tutorId, studentId } = related.safeParse(event.data).data ?? {};
  return [
    `${noun}:${event.subject}`,
    ...(orderId ? [`order:${orderId}`] : []),
    ...(tutorId ? [`tutor:${tutorId}`] : []),
    ...(studentId ? [`student:${studentId}`] : []),
  ];
}
