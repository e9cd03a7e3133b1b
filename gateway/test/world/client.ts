import { type Client, createClient, type FormattedExecutionResult } from 'graphql-ws';
import { type ClientOptions, WebSocket } from 'ws';

/** A GraphQL answer over HTTP. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  // Tests read answers of every shape.
  body: {
    data?: Record<string, never>;
    errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[];
  };
}

/** Sends a query or mutation over HTTP. */
export async function ask(
  url: string,
  query: string,
  { variables, headers }: { variables?: object; headers?: Record<string, string> } = {},
): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/graphql-response+json', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** How a client connects. */
export interface LiveOptions {
  authorization?: string;
  retryAttempts?: number;
  socket?: ClientOptions;
  onClosed?: (event: { code: number; reason: string }) => void;
}

/** The graphql-ws client, as web clients use it. */
export function connect(url: string, options: LiveOptions = {}): Client {
  const { authorization, retryAttempts = 0, socket, onClosed } = options;
  class Socket extends WebSocket {
    constructor(address: string, protocol: string) {
      super(address, protocol, socket);
      // A connection that is cut while it is made says so after graphql-ws has stopped to listen.
      this.on('error', () => {});
    }
  }
  return createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: Socket,
    retryAttempts,
    retryWait: async () => {},
    lazyCloseTimeout: 60_000,
    ...(authorization !== undefined && { connectionParams: { authorization } }),
    on: { closed: (event) => onClosed?.(event as { code: number; reason: string }) },
  });
}

type Result = FormattedExecutionResult<Record<string, unknown>, unknown>;

/** One operation of a client, read message by message. */
export class Live {
  private readonly iterator: AsyncIterableIterator<Result>;

  constructor(client: Client, query: string, variables?: Record<string, unknown>) {
    this.iterator = client.iterate<Record<string, unknown>>({ query, variables });
  }

  /** The next message's data. */
  async next(): Promise<Record<string, unknown>> {
    const { value } = await this.iterator.next();
    return value?.data;
  }

  /** The next message whole. */
  async result(): Promise<Result> {
    const { value } = await this.iterator.next();
    return value;
  }

  /** The errors that end it. */
  async failure(): Promise<{ message: string; extensions: Record<string, unknown> }[]> {
    try {
      for (;;) {
        const { done } = await this.iterator.next();
        if (done) throw new Error('It ended without an error');
      }
    } catch (error) {
      if (Array.isArray(error)) return error;
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.iterator.return?.();
  }
}

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
}
