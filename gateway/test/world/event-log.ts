import { GraphQLError } from 'graphql';
import { PushStream } from '../../src/streams/push-stream.js';

/** One message of the log's subscriptions. */
export interface LogMessage {
  cursor: string;
  order: { id: string } | null;
}

/** A log that every replica of a subgraph reads: positions, replay from a cursor, live tail. */
export class EventLog {
  private readonly entries: { position: number; orderId: string }[] = [];
  private readonly readers = new Map<PushStream<LogMessage>, string>();
  /** The lowest position that is still held. */
  oldest = 1;

  /** Subscriptions that are open. */
  get open(): number {
    return this.readers.size;
  }

  /** The last position. */
  get length(): number {
    return this.entries.length;
  }

  append(orderId: string): void {
    const entry = { position: this.entries.length + 1, orderId };
    this.entries.push(entry);
    for (const [reader, wanted] of [...this.readers]) if (wanted === orderId) reader.push(message(entry));
  }

  read(orderId: string, after: string | null | undefined): PushStream<LogMessage> {
    const start = after ? Number(after) : this.entries.length;
    if (start + 1 < this.oldest) throw new GraphQLError('Too old', { extensions: { code: 'RESUME_GAP' } });
    const reader: PushStream<LogMessage> = new PushStream<LogMessage>(() => this.readers.delete(reader));
    reader.push({ cursor: String(start), order: null });
    for (const entry of this.entries.slice(start)) if (entry.orderId === orderId) reader.push(message(entry));
    this.readers.set(reader, orderId);
    return reader;
  }

  /** Ends every open subscription with an error. */
  fail(error: Error): void {
    const readers = [...this.readers.keys()];
    this.readers.clear();
    for (const reader of readers) reader.fail(error);
  }
}

function message({ position, orderId }: { position: number; orderId: string }): LogMessage {
  return { cursor: String(position), order: { id: orderId } };
}
