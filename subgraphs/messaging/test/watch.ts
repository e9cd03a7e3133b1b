import { setTimeout as delay } from 'node:timers/promises';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { expect } from 'vitest';
import type { Chat } from './chat.js';

/** One message of a subscription. */
export interface Heard {
  cursor: string;
  [field: string]: unknown;
}

/** What somebody hears of a subscription, in order. */
export class Watch {
  readonly heard: Heard[] = [];
  /** The code with which it ended, if it did. */
  ended: string | undefined;

  private constructor(
    private readonly field: string,
    private readonly messages: AsyncIterator<{ data?: Record<string, unknown> | null }>,
  ) {}

  /** Begins a subscription and waits for its first message, which only says where it begins. */
  static async begin(chat: Chat, field: string, query: string, variables: object, person: TestPerson): Promise<Watch> {
    const watch = new Watch(field, await chat.graph.subscribe('messaging', query, variables, person));
    void watch.listen();
    await expect.poll(() => watch.heard.length, { timeout: 20_000, interval: 10 }).toBeGreaterThan(0);
    return watch;
  }

  /** The cursor of the last message. */
  get cursor(): string {
    return this.heard.at(-1)?.cursor ?? '';
  }

  /** Waits until a second has brought nothing, for what was made just before may still be on its way. @returns the count */
  async quiet(): Promise<number> {
    for (let count = -1; ; ) {
      if (count === this.heard.length) return count;
      count = this.heard.length;
      await delay(1_000);
    }
  }

  /** Waits for a message that looks so; what was made just before a subscription may still be heard by it. */
  async hears(message: object): Promise<void> {
    await expect
      .poll(() => this.heard, { timeout: 20_000, interval: 10 })
      .toEqual(expect.arrayContaining([expect.objectContaining(message)]));
  }

  async end(): Promise<void> {
    await this.messages.return?.();
  }

  private async listen(): Promise<void> {
    try {
      for (;;) {
        const { value, done } = await this.messages.next();
        if (done) return;
        this.heard.push(value.data?.[this.field] as Heard);
      }
    } catch (error) {
      const { extensions } = error as { extensions?: { code?: unknown } };
      this.ended = String(extensions?.code);
    }
  }
}
