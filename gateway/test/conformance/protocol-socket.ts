import { once } from 'node:events';
import type { ExecutionResult } from 'graphql';
import { WebSocket } from 'ws';
import { PushStream } from '../../src/streams/push-stream.js';

/** A message of the protocol, whichever. */
export interface ProtocolMessage {
  type: string;
  id?: string;
  payload?: unknown;
}

/** A socket that says only what a test tells it to, and keeps every message that it hears. */
export class ProtocolSocket {
  /** How the server closed it. */
  readonly closed: Promise<{ code: number; reason: string }>;
  private readonly heard = new PushStream<ProtocolMessage>();

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        this.heard.end();
        resolve({ code, reason: String(reason) });
      });
    });
    socket.on('message', (data) => this.heard.push(JSON.parse(String(data))));
  }

  /** Opens a socket; nothing is sent on it. */
  static async open(url: string, protocols: string[] = ['graphql-transport-ws']): Promise<ProtocolSocket> {
    const opened = new ProtocolSocket(new WebSocket(url.replace('http', 'ws'), protocols));
    await once(opened.socket, 'open');
    return opened;
  }

  /** Opens a socket that the server has acknowledged. */
  static async connect(url: string): Promise<ProtocolSocket> {
    const socket = await ProtocolSocket.open(url);
    socket.send({ type: 'connection_init' });
    const { type } = await socket.next();
    if (type !== 'connection_ack') throw new Error(`Expected to be acknowledged, heard ${type}`);
    return socket;
  }

  /** Sends messages in one write, so that the server finds them in one read. */
  send(...messages: ProtocolMessage[]): void {
    for (const message of messages) this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string, more: object = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, ...more } });
  }

  complete(id: string): void {
    this.send({ id, type: 'complete' });
  }

  /** The next message. */
  async next(): Promise<ProtocolMessage> {
    const { value } = await this.heard.next();
    if (!value) throw new Error(`The socket was closed with ${JSON.stringify(await this.closed)}`);
    return value;
  }

  /** So many messages. */
  async take(count: number): Promise<ProtocolMessage[]> {
    const messages: ProtocolMessage[] = [];
    while (messages.length < count) messages.push(await this.next());
    return messages;
  }

  /**
   * What was heard until now and not yet taken: the server answers a ping after whatever came before it has been read, and
   * once more, after what that set going.
   */
  async pending(): Promise<ProtocolMessage[]> {
    const messages: ProtocolMessage[] = [];
    for (let pongs = 0; pongs < 2; ) {
      this.send({ type: 'ping' });
      for (;;) {
        const message = await this.next();
        if (message.type === 'pong') break;
        messages.push(message);
      }
      pongs += 1;
    }
    return messages;
  }
}

/** The message that carries a result. */
export function next(id: string, payload: ExecutionResult | object): ProtocolMessage {
  return { id, type: 'next', payload };
}

/** The message that ends an operation. */
export function complete(id: string): ProtocolMessage {
  return { id, type: 'complete' };
}
