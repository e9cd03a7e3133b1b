import type { EntityManager } from '@mikro-orm/postgresql';
import type { PositionedEvent } from './event.js';
import { DeadLetter, Inbox } from './inbox.entity.js';
import { tableOf } from './outbox-log.js';

/** A consumer group's place in a stream, in the consumer's own database. */
export class InboxCursor {
  private readonly table: string;
  private readonly key: [consumer: string, stream: string];

  constructor(
    private readonly em: EntityManager,
    private readonly consumer: string,
    private readonly stream: string,
  ) {
    this.table = tableOf(em, Inbox);
    this.key = [consumer, stream];
  }

  /** Makes the row unless it is there. */
  async create(position: number): Promise<void> {
    await this.em
      .fork()
      .execute(`insert into ${this.table} (consumer, stream, position) values (?, ?, ?) on conflict do nothing`, [
        ...this.key,
        position,
      ]);
  }

  async read(): Promise<number> {
    const [row] = await this.em
      .fork()
      .execute<{ position: string }[]>(
        `select position from ${this.table} where consumer = ? and stream = ?`,
        this.key,
      );
    if (!row) throw new Error(`Consumer ${this.consumer} has lost its row for stream ${this.stream}; start it again`);
    return Number(row.position);
  }

  /** Moves on and locks the row until the transaction ends. @returns false when another reader has moved it before */
  async move(em: EntityManager, from: number, to: number): Promise<boolean> {
    const moved = await em.execute<unknown[]>(
      `update ${this.table} set position = ?, failures = 0 where consumer = ? and stream = ? and position = ? returning 1`,
      [to, ...this.key, from],
    );
    return moved.length === 1;
  }

  /** Counts a failure of the event after `from`. @returns how many it has; undefined when another reader moved on */
  async countFailure(from: number): Promise<number | undefined> {
    const [row] = await this.em
      .fork()
      .execute<{ failures: number }[]>(
        `update ${this.table} set failures = failures + 1 where consumer = ? and stream = ? and position = ? returning failures`,
        [...this.key, from],
      );
    return row?.failures;
  }

  /** Puts an event among the dead letters. Belongs into the transaction that moves on behind it. */
  bury(tx: EntityManager, { position, event }: PositionedEvent, errorCode: string, failures: number): void {
    const { consumer, stream } = this;
    tx.create(DeadLetter, { consumer, stream, position, event, errorCode, failures, failedAt: new Date() });
  }
}
