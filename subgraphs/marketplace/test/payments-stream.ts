import { newId } from '@tutorgraph/kit/database/id';
import { type DomainEvent, defineEvent, type PositionedEvent } from '@tutorgraph/kit/events/event';
import { paymentSucceeded, premiumActivated, premiumEnded } from '@tutorgraph/schema/events/payments';
import { expect } from 'vitest';
import type { Market } from './market.js';

const STREAM = 'payments';

const description = 'As payments publishes it.';
const succeeded = defineEvent({ type: paymentSucceeded.type, description, data: paymentSucceeded.schema });
const activated = defineEvent({ type: premiumActivated.type, description, data: premiumActivated.schema });
const ended = defineEvent({ type: premiumEnded.type, description, data: premiumEnded.schema });

/** Money for a booking has arrived. */
export function moneyFor(bookingId: string, paymentId = newId()): DomainEvent {
  return succeeded.create({
    subject: paymentId,
    data: { bookingId, packageId: null, payerId: newId(), tutorId: newId() },
  });
}

/** A tutor's membership is paid until then, or over. */
export function premiumOf(
  { tutorId, userId }: { tutorId: string; userId: string },
  membershipId: string,
  premiumUntil: string | null,
): DomainEvent {
  const data = { tutorId, userId };
  if (premiumUntil === null) return ended.create({ subject: membershipId, data });
  return activated.create({ subject: membershipId, data: { ...data, premiumUntil } });
}

/** What the payments room says, for tests of what hears it. */
export class PaymentsStream {
  private readonly events: PositionedEvent[] = [];
  private published: Promise<void> = Promise.resolve();

  constructor(private readonly market: Market) {
    market.graph.bus.attach(STREAM, {
      top: async () => this.events.length,
      oldest: async () => this.events[0]?.position,
      read: async (after, limit) => this.events.slice(after, after + limit),
    });
  }

  /** Says that money for a booking has arrived, and waits until the marketplace has heard it. @returns the payment's id */
  async pay(bookingId: string, paymentId = newId()): Promise<string> {
    await this.say(moneyFor(bookingId, paymentId));
    await this.heard();
    return paymentId;
  }

  /** Says something, without waiting. */
  async say(event: DomainEvent): Promise<void> {
    const position = this.events.length + 1;
    this.events.push({ position, event });
    // One after the other, as a relay does.
    this.published = this.published.then(async () => {
      await this.market.graph.bus.publish(STREAM, [{ position, event }], position - 1);
    });
    await this.published;
  }

  /** Waits until a consumer of the marketplace has heard everything that was said. */
  async heard(consumer = 'booking-payments'): Promise<void> {
    await expect.poll(() => this.place(consumer), { timeout: 20_000, interval: 10 }).toBe(this.events.length);
  }

  private async place(consumer: string): Promise<number> {
    const [row] = await this.market.sql<{ position: string }>(
      `select position from marketplace.inbox where consumer = ? and stream = ?`,
      [consumer, STREAM],
    );
    return Number(row?.position ?? 0);
  }
}
