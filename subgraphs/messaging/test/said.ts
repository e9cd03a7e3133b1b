import type { DomainEvent, PositionedEvent } from '@tutorgraph/kit/events/event';
import { expect } from 'vitest';
import type { Chat } from './chat.js';

/** What a room says that a test did not start, for tests of what hears it. */
export class Said {
  private readonly events: PositionedEvent[] = [];
  private published: Promise<void> = Promise.resolve();

  constructor(
    private readonly chat: Chat,
    private readonly stream: string,
  ) {
    chat.graph.bus.attach(stream, {
      top: async () => this.events.length,
      oldest: async () => this.events[0]?.position,
      read: async (after, limit) => this.events.slice(after, after + limit),
    });
  }

  /** Says something, without waiting. */
  async say(event: DomainEvent): Promise<void> {
    const position = this.events.length + 1;
    this.events.push({ position, event });
    // One after the other, as a relay does.
    this.published = this.published.then(async () => {
      await this.chat.graph.bus.publish(this.stream, [{ position, event }], position - 1);
    });
    await this.published;
  }

  /** Waits until a consumer of messaging has heard everything that was said. */
  async heard(consumer: string): Promise<void> {
    await expect.poll(() => this.place(consumer), { timeout: 20_000, interval: 20 }).toBe(this.events.length);
  }

  private async place(consumer: string): Promise<number> {
    const [row] = await this.chat.sql<{ position: string }>(
      'select position from messaging.inbox where consumer = ? and stream = ?',
      [consumer, this.stream],
    );
    return Number(row?.position ?? 0);
  }
}
