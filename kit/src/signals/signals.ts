import { EventEmitter } from 'node:events';
import { Redis } from 'ioredis';
import { connectRedis } from '../cache/redis.js';
import type { Logger } from '../telemetry/logger.js';

/**
 * What is told once to whoever listens at that moment, in all processes of a room: nothing is kept, repeated or waited
 * for, and while Redis is away nothing arrives. For what may be lost, such as that somebody is typing.
 */
export interface Signals {
  /** Tells it; never fails and never waits. @param payload JSON-safe */
  send(channel: string, payload: object): void;
  /** Hears what is told on a channel from now on; returns how to stop. A listener must not block. */
  listen(channel: string, listener: (payload: unknown) => void): () => void;
  close(): Promise<void>;
}

/** Where a room's signals go. */
export interface SignalsOptions {
  room: string;
  /** Shared by all processes when there is one; without it signals stay in this process. */
  redisUrl?: string | undefined;
  logger: Logger;
}

/** Opens a room's signals. */
export function openSignals({ room, redisUrl, logger }: SignalsOptions): Promise<Signals> {
  return redisUrl ? openRedisSignals(room, redisUrl, logger) : Promise.resolve(new LocalSignals());
}

class LocalSignals implements Signals {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  send(channel: string, payload: object): void {
    this.emitter.emit(nameOf(channel), payload);
  }

  listen(channel: string, listener: (payload: unknown) => void): () => void {
    this.emitter.on(nameOf(channel), listener);
    return () => this.emitter.off(nameOf(channel), listener);
  }

  isHeard(channel: string): boolean {
    return this.emitter.listenerCount(nameOf(channel)) > 0;
  }

  async close(): Promise<void> {
    this.emitter.removeAllListeners();
  }
}

/** An emitter throws what is called "error" when nobody listens. */
function nameOf(channel: string): string {
  return `on ${channel}`;
}

/** Each process hears only channels to which somebody listens there. */
async function openRedisSignals(room: string, url: string, logger: Logger): Promise<Signals> {
  const prefix = `tutorgraph:signals:${room}:`;
  const local = new LocalSignals();
  const { client, close } = await connectRedis(url, logger);
  // What is subscribed is subscribed again after an outage; it waits for the connection rather than fail.
  const heard = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: (times) => Math.min(times * 100, 3_000) });
  heard.on('error', (err) => logger.debug({ err }, 'Signals are not heard; connecting again'));
  heard.on('message', (channel: string, text: string) => local.send(channel.slice(prefix.length), JSON.parse(text)));
  const report = (err: unknown): void => logger.debug({ err }, 'A signal was lost');
  return {
    send: (channel, payload) => {
      client.publish(prefix + channel, JSON.stringify(payload)).catch(report);
    },
    listen: (channel, listener) => {
      if (!local.isHeard(channel)) heard.subscribe(prefix + channel).catch(report);
      const stop = local.listen(channel, listener);
      return () => {
        stop();
        if (!local.isHeard(channel)) heard.unsubscribe(prefix + channel).catch(report);
      };
    },
    close: async () => {
      heard.disconnect();
      await local.close();
      await close();
    },
  };
}
