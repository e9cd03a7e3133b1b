import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What the checker was sent. */
export interface CheckerRequest {
  method: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** How the checker answers one request. */
export type CheckerAnswer = (response: ServerResponse) => void;

/** Answers with JSON. */
export function says(body: object, status = 200, headers: Record<string, string> = {}): CheckerAnswer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** A credential checker that speaks our protocol, over HTTP. */
export class CheckerServer {
  readonly requests: CheckerRequest[] = [];
  private readonly next: CheckerAnswer[] = [];

  private constructor(
    private readonly server: Server,
    private readonly usually: CheckerAnswer,
  ) {}

  /** @param usually how it answers when nothing else was said */
  static async open(usually: CheckerAnswer): Promise<CheckerServer> {
    const server = createServer((request, response) => void checker.answer(request, response));
    const checker = new CheckerServer(server, usually);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return checker;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/check`;
  }

  /** How it answers the next requests, one after the other. */
  willAnswer(...answers: CheckerAnswer[]): void {
    this.next.push(...answers);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    this.requests.push({ method, headers, body: await json(request) });
    const answer = this.next.shift() ?? this.usually;
    answer(response);
  }
}
