import type { DomainEvent } from '@tutorgraph/kit/events/event';

/** Keys by which a live subscription finds an event: what it is about, such as `order:<id>`. */
export function liveKeys(event: DomainEvent): readonly string[] {
  const noun = event.type.split('.')[2] ?? '';
  return [`${noun}:${event.subject}`];
}
