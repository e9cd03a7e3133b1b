import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { nextMessages } from './stream-messages.js';

/** How a client accepts live answers. */
export type Accepts = 'text/event-stream' | 'multipart/mixed;subscriptionSpec=1.0';

/** One message of a live answer, whichever protocol it came by. */
export interface StreamMessage {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: Record<string, unknown> }[];
  /** The id of its event. */
  id?: string;
  /** When to come back, in milliseconds. */
  retry?: number;
  /** It is the end that the protocol knows. */
  isEnd?: true;
}

/** What a client asks, and how. */
export interface StreamOptions {
  accept: string;
  query: string;
  variables?: object;
  headers?: Record<string, string>;
  method?: 'GET' | 'POST';
}

/** A live answer over HTTP, read message by message and below any client library. */
export class HttpStream {
  /** Signs of life that are not messages. */
  heartbeats = 0;
  private text = '';
  private isClosed = false;
  private readonly messages: StreamMessage[] = [];
  private wake: () => void = () => {};

  private constructor(private readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      this.text += chunk;
      this.read();
    });
    response.on('close', () => {
      this.isClosed = true;
      this.wake();
    });
    response.on('error', () => {});
  }

  /** Sends the operation; resolves with the headers of the answer. */
  static async open(url: string, { accept, query, variables, headers, method = 'POST' }: StreamOptions) {
    const isGet = method === 'GET';
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables ?? {}) });
    const sent = request(isGet ? `${url}?${search}` : url, {
      method,
      headers: { accept, ...(!isGet && { 'content-type': 'application/json' }), ...headers },
    });
    sent.end(isGet ? undefined : JSON.stringify({ query, variables }));
    const [response] = await once(sent, 'response');
    return new HttpStream(response);
  }

  get status(): number | undefined {
    return this.response.statusCode;
  }

  get headers(): IncomingHttpHeaders {
    return this.response.headers;
  }

  /** The next message; undefined when the answer has ended. */
  async next(): Promise<StreamMessage | undefined> {
    while (this.messages.length === 0 && !this.isClosed) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.messages.shift();
  }

  /** All messages until the answer ends. */
  async rest(): Promise<StreamMessage[]> {
    const all: StreamMessage[] = [];
    for (let message = await this.next(); message; message = await this.next()) all.push(message);
    return all;
  }

  /** An answer that is no stream. */
  async json(): Promise<StreamMessage> {
    if (!this.isClosed) await once(this.response, 'close');
    return JSON.parse(this.text);
  }

  /** Reads no more for now. */
  pause(): void {
    this.response.pause();
  }

  resume(): void {
    this.response.resume();
  }

  /** Goes away without a word. */
  leave(): void {
    this.response.destroy();
  }

  private read(): void {
    const { messages, heartbeats, rest } = nextMessages(this.headers['content-type'] ?? '', this.text);
    this.heartbeats += heartbeats;
    this.text = rest;
    this.messages.push(...messages);
    this.wake();
  }
}
