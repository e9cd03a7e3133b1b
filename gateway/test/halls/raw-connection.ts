import { once } from 'node:events';
import { WebSocket } from 'ws';
import { PushStream } from '../../src/streams/push-stream.js';

/** A message of the protocol, with what tests read of it. */
export interface RawMessage {
  id?: string;
  type: string;
  payload?: { data?: { callHeard: { cursor: string; call: { text: string } | null } } };
}

/** A signed-in connection below the client library, for what it does not do. */
export class RawConnection {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number }>;
  private readonly messages = new PushStream<RawMessage>();
  private readonly acknowledged: Promise<void>;

  constructor(url: string, authorization: string) {
    this.socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    this.closed = once(this.socket, 'close').then(([code]: number[]) => ({ code: code ?? 0 }));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.acknowledged = promise;
    this.socket.on('open', () => this.send({ type: 'connection_init', payload: { authorization } }));
    this.socket.on('message', (data) => {
      const message: RawMessage = JSON.parse(String(data));
      if (message.type === 'connection_ack') resolve();
      else if (message.type !== 'pong') this.messages.push(message);
    });
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Subscribes; resolves with the first message. */
  async subscribe(id: string, query: string, variables: object): Promise<RawMessage> {
    await this.acknowledged;
    this.send({ id, type: 'subscribe', payload: { query, variables } });
    return this.message();
  }

  async message(): Promise<RawMessage> {
    const { value } = await this.messages.next();
    if (!value) throw new Error('There is no more');
    return value;
  }

  /** What the next message that carries a call says. */
  async text(): Promise<string> {
    for (;;) {
      const { type, payload } = await this.message();
      if (type !== 'next') throw new Error(`Expected a call, got ${type} ${JSON.stringify(payload)}`);
      if (payload?.data?.callHeard.call) return payload.data.callHeard.call.text;
    }
  }

  /** The message that ends a subscription. */
  async ending(): Promise<RawMessage> {
    for (;;) {
      const message = await this.message();
      if (message.type !== 'next') return message;
    }
  }
}
