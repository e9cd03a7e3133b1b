import type { FastifyReply } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { ResultWriter } from '../subscriptions/result-writer.js';
import type { Parting, StreamFormat } from './stream-format.js';

/** How a live answer is watched. */
export interface LiveAnswerOptions {
  /** A client that takes nothing for so long, though something waits for it, is cut off, in milliseconds. @default 60000 */
  mostStalledMs?: number;
  /** It comes to its end soon, so that the gateway may wait for it when it closes. @default false */
  endsByItself?: boolean;
}

/** Nothing on the way may keep, change or hold back what is sent. */
const LIVE_HEADERS = { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' };

/**
 * An HTTP answer that goes on until it has ended or its client leaves. It takes results as long as the client reads them:
 * what waits for a client that does not is bounded by Node's buffer and one result.
 */
export class LiveAnswer implements ResultWriter {
  private readonly raw: FastifyReply['raw'];
  private waiting: (() => void)[] = [];
  private heartbeats: NodeJS.Timeout | undefined;
  private fullSince: number | undefined;
  private cursor: string | undefined;
  private isOver = false;

  constructor(
    private readonly reply: FastifyReply,
    private readonly format: StreamFormat,
    private readonly options: LiveAnswerOptions = {},
  ) {
    this.raw = reply.raw;
  }

  /** Sends the headers. @param onClosed called once when the answer has been sent whole or the client has left */
  begin(onClosed: () => void): void {
    const { reply, raw, format } = this;
    reply.hijack();
    const closed = (): void => {
      this.isOver = true;
      clearInterval(this.heartbeats);
      this.release();
      // Fastify tells of answers only that were sent whole.
      if (!raw.writableFinished) {
        const durationMs = Math.round(reply.elapsedTime);
        reply.log.info({ requestId: reply.request.id, durationMs }, 'The client left before the end');
      }
      onClosed();
    };
    // The client may have left while its operation was read.
    if (raw.destroyed) {
      closed();
      return;
    }
    raw.once('close', closed);
    raw.on('drain', () => this.release());
    // A client that leaves while something is written to it is no fault; `close` follows.
    raw.on('error', () => {});
    const headers = { ...reply.getHeaders(), ...LIVE_HEADERS, 'content-type': format.contentType };
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) raw.setHeader(name, value);
    raw.writeHead(200);
    this.heartbeats = setInterval(() => this.beat(), format.heartbeatEveryMs);
    this.send(format.opening);
  }

  write(json: Buffer, onTaken: () => void, cursor: string | undefined): boolean {
    this.cursor = cursor ?? this.cursor;
    const hasRoom = this.send(this.format.result(json, cursor));
    if (!hasRoom) this.waiting.push(onTaken);
    return hasRoom;
  }

  /** Writes a result, given as JSON, and waits until there is room for another or the client has left. */
  async give(text: string, cursor?: string): Promise<void> {
    const json = Buffer.from(text);
    await new Promise<void>((resolve) => {
      if (this.write(json, resolve, cursor)) resolve();
    });
  }

  /** Ends the answer: everything was told. */
  complete(): void {
    this.end(this.format.completion);
  }

  /** Ends the answer with what went wrong. */
  fail(errors: readonly GraphQLFormattedError[]): void {
    this.end(this.format.failure(errors));
  }

  /**
   * The gateway stops: ends the answer, unless it ends by itself, and then the connection. A client that does not read is
   * cut off.
   *
   * @returns once an answer that goes on has ended
   */
  async leave({ comeBackAfterMs, withinMs }: Pick<Parting, 'comeBackAfterMs'> & { withinMs: number }): Promise<void> {
    const { raw, cursor, reply, options } = this;
    const { socket } = raw;
    // It was kept alive for more requests, of which there are none any more.
    const closed = new Promise<void>((resolve) => {
      raw.once('close', () => {
        socket?.end();
        resolve();
      });
    });
    if (options.endsByItself) return;
    const cut = setTimeout(() => raw.destroy(), withinMs);
    this.end(this.format.farewell({ comeBackAfterMs, cursor, requestId: reply.request.id }));
    await closed;
    clearTimeout(cut);
  }

  private end(last: string): void {
    if (this.isOver) return;
    this.isOver = true;
    this.fullSince ??= performance.now();
    this.raw.end(last);
    this.release();
  }

  private send(text: string | Buffer): boolean {
    if (this.isOver || this.raw.destroyed) return true;
    const hasRoom = this.raw.write(text);
    if (!hasRoom) this.fullSince ??= performance.now();
    return hasRoom;
  }

  private release(): void {
    if (!this.isOver) this.fullSince = undefined;
    const taken = this.waiting;
    this.waiting = [];
    for (const onTaken of taken) onTaken();
  }

  private beat(): void {
    const { mostStalledMs = 60_000 } = this.options;
    if (this.fullSince === undefined) {
      if (this.format.heartbeat) this.send(this.format.heartbeat);
    } else if (performance.now() - this.fullSince >= mostStalledMs) {
      this.raw.destroy();
    }
  }
}
