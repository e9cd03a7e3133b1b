import { newId } from '@tutorgraph/kit/database/id';
import type { DomainEvent, PositionedEvent } from '@tutorgraph/kit/events/event';
import { expect } from 'vitest';
import { paymentSucceeded } from '../src/consumers/payment-events.js';
import type { Market } from './market.js';

const STREAM = 'payments';

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
    await this.say(paymentSucceeded.create({ subject: paymentId, data: { bookingId } }));
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
