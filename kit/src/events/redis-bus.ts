import { Redis, type RedisOptions } from 'ioredis';
import type { EventBus } from './bus.js';
import type { PositionedEvent } from './event.js';
import type { EventLogger } from './observer.js';
import { decodeEntries, encodeEntry, positionOf } from './redis-entry.js';
import { RedisTail } from './redis-tail.js';
import { backOff } from './waiting.js';

/** Which Redis carries the events. */
interface RedisEventBusOptions {
  /** 7 or newer. */
  url: string;
  /** Begins every key. @default 'tutorgraph:events:' */
  prefix?: string;
  logger?: Pick<EventLogger, 'warn'> | undefined;
}

/**
 * Appends in one step, so that nothing can come between: a flush in the middle would leave a hole for ever. The top is
 * the last id given, which outlives trimming. Answers the top afterwards.
 */
const APPEND = `
local top = 0
if redis.call('EXISTS', KEYS[1]) == 1 then
  local info = redis.call('XINFO', 'STREAM', KEYS[1])
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then top = tonumber(string.match(info[i + 1], '^%d+')) end
  end
end
if top < tonumber(ARGV[1]) then return top end
for i = 2, #ARGV, 2 do
  local position = tonumber(ARGV[i])
  if position > top then
    redis.call('XADD', KEYS[1], ARGV[i] .. '-0', 'event', ARGV[i + 1])
    top = position
  end
end
return top`;

const COMMAND_TIMEOUT_MS = 5_000;
const DEAD_SOCKET_MS = 10_000;

/**
 * Events on Redis Streams: one stream a room, entry id `<position>-0`. What is sent to it fails soon when Redis is away
 * (the relay tries again); what listens waits and goes on without a gap.
 */
export class RedisEventBus implements EventBus {
  private readonly prefix: string;
  private readonly commands: Redis;
  private tail: RedisTail | undefined;

  constructor(private readonly options: RedisEventBusOptions) {
    this.prefix = options.prefix ?? 'tutorgraph:events:';
    this.commands = this.connect({ commandTimeout: COMMAND_TIMEOUT_MS, maxRetriesPerRequest: 1 });
  }

  attach(): void {
    // Redis keeps the history itself.
  }

  async publish(stream: string, events: readonly PositionedEvent[], after: number): Promise<number> {
    return Number(await this.commands.eval(APPEND, 1, this.keyOf(stream), after, ...events.flatMap(encodeEntry)));
  }

  async top(stream: string): Promise<number> {
    await this.tail?.ready(stream);
    return this.readTop(stream);
  }

  async read(stream: string, after: number, limit: number): Promise<PositionedEvent[]> {
    const entries = await this.commands.xrange(this.keyOf(stream), `${after + 1}-0`, '+', 'COUNT', limit);
    return decodeEntries(entries, (err) => this.report(err));
  }

  async oldest(stream: string): Promise<number | undefined> {
    const [entry] = await this.commands.xrange(this.keyOf(stream), '-', '+', 'COUNT', 1);
    return entry && positionOf(entry);
  }

  listen(stream: string, listener: (event: PositionedEvent) => void): () => void {
    this.tail ??= new RedisTail({
      connection: this.connect({ socketTimeout: DEAD_SOCKET_MS, maxRetriesPerRequest: 0 }),
      keyOf: (name) => this.keyOf(name),
      topOf: (name) => this.readTop(name),
      onFault: (err) => this.report(err),
    });
    return this.tail.listen(stream, listener);
  }

  async trim(stream: string, before: number): Promise<void> {
    await this.commands.xtrim(this.keyOf(stream), 'MINID', `${before}-0`);
  }

  async close(): Promise<void> {
    await this.tail?.close();
    this.commands.disconnect();
  }

  private connect(options: RedisOptions): Redis {
    const connection = new Redis(this.options.url, { ...options, retryStrategy: (times) => backOff(times, 50, 2_000) });
    connection.on('error', (err) => this.options.logger?.warn({ err }, 'Redis is away; connecting again'));
    return connection;
  }

  private keyOf(stream: string): string {
    return this.prefix + stream;
  }

  private async readTop(stream: string): Promise<number> {
    return Number(await this.commands.eval(APPEND, 1, this.keyOf(stream), 0));
  }

  private report(err: unknown): void {
    this.options.logger?.warn({ err }, 'Events on Redis could not be read');
  }
}
