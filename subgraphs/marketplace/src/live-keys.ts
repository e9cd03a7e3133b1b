import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { z } from 'zod';

const related = z.object({ orderId: z.string().optional(), tutorId: z.string().optional() });

/** Keys by which a live subscription finds an event: what it is about, and the order and tutor that it touches. */
export function liveKeys(event: DomainEvent): readonly string[] {
  const noun = event.type.split('.')[2] ?? '';
  const { orderId, tutorId } = related.safeParse(event.data).data ?? {};
  return [
    `${noun}:${event.subject}`,
    ...(orderId ? [`order:${orderId}`] : []),
    ...(tutorId ? [`tutor:${tutorId}`] : []),
  ];
}
