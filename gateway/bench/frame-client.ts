import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
/** Which messages carry news, as greetings do not. */
const NEWS = Buffer.from('"sequence"');

/** Where to subscribe, and to what. */
export interface FrameSubscription {
  port: number;
  path: string;
  authorization: string;
  query: string;
  variables: Record<string, unknown>;
}

/**
 * A subscriber that does next to nothing with what it hears, below `ws`: the time of reading would otherwise stand beside
 * that of the server, which is what is measured.
 */
export class FrameClient {
  /** The last news heard. */
  last: Buffer | undefined;
  private readonly socket: Socket;
  private rest: Buffer = Buffer.alloc(0);
  private isUpgraded = false;
  private onText: (text: Buffer) => void = () => {};

  private readonly subscription: FrameSubscription;
  private readonly onNews: () => void;

  /** @param onNews called with each piece of news; `onLost` when the connection ends, which is not expected of it */
  constructor(subscription: FrameSubscription, onNews: () => void, onLost: (error: Error) => void) {
    this.subscription = subscription;
    this.onNews = onNews;
    this.socket = connect(subscription.port, '127.0.0.1');
    this.socket.on('data', (chunk) => this.read(chunk));
    this.socket.on('error', onLost);
    this.socket.on('close', () => onLost(new Error('A connection was closed')));
  }

  /** Connects and subscribes; resolves with the first message of the subscription. */
  async open(): Promise<void> {
    await once(this.socket, 'connect');
    const { port, path, authorization, query, variables } = this.subscription;
    this.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
    );
    this.send({ type: 'connection_init', payload: { authorization } });
    await this.text();
    this.send({ id: crypto.randomUUID(), type: 'subscribe', payload: { query, variables } });
    const first = await this.text();
    if (!first.includes('"next"')) throw new Error(`The subscription was refused: ${first}`);
    this.onText = (text) => {
      if (!text.includes(NEWS)) return;
      this.last = text;
      this.onNews();
    };
  }

  private text(): Promise<Buffer> {
    return new Promise((resolve) => {
      this.onText = resolve;
    });
  }

  private send(message: object): void {
    this.write(TEXT, Buffer.from(JSON.stringify(message)));
  }

  /** Clients mask what they send; nothing says with what. */
  private write(opcode: number, payload: Buffer): void {
    const isShort = payload.length < 126;
    const head = Buffer.alloc(isShort ? 6 : 8);
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (isShort ? payload.length : 126);
    if (!isShort) head.writeUInt16BE(payload.length, 2);
    this.socket.write(Buffer.concat([head, payload]));
  }

  private read(chunk: Buffer): void {
    let data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    if (!this.isUpgraded) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) {
        this.rest = data;
        return;
      }
      this.isUpgraded = true;
      data = data.subarray(end + 4);
    }
    for (let frame = frameOf(data); frame; frame = frameOf(data)) {
      data = data.subarray(frame.end);
      if (frame.opcode === TEXT) this.onText(frame.payload);
      else if (frame.opcode === PING) this.write(PONG, frame.payload);
      else if (frame.opcode === CLOSE) this.socket.destroy(new Error(`Closed: ${frame.payload.subarray(2)}`));
    }
    this.rest = data;
  }
}

/** The frame at the beginning, when it is there whole. */
function frameOf(data: Buffer): { opcode: number; payload: Buffer; end: number } | undefined {
  const [first = 0, second = 0] = data;
  const short = second & 127;
  const begin = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (data.length < begin) return undefined;
  const length = short < 126 ? short : short === 126 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2));
  const end = begin + length;
  return data.length < end ? undefined : { opcode: first & 15, payload: data.subarray(begin, end), end };
}
