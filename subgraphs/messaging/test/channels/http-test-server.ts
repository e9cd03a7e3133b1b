import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A request as the server took it. */
export interface TakenRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** How the server treats a request. */
export type Treatment = (response: ServerResponse, request: TakenRequest) => unknown;

/** Answers with JSON. */
export function says(status: number, body: object, headers: Record<string, string> = {}): Treatment {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** Answers without JSON, as what stands before a provider does. */
export function breaks(status: number): Treatment {
  return (response) => response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>secret words</h1>');
}

/** Never answers. */
export const hangs: Treatment = () => {};

/** Answers, but never to the end. */
export const drips: Treatment = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{');
  const drops = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(drops));
};

/** Answers without end, as fast as it can. */
export const floods: Treatment = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const pour = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  };
  response.on('drain', pour);
  pour();
};

/** Closes the connection without an answer. */
export const resets: Treatment = (response) => response.socket?.destroy();

/** A local server that keeps what it gets and answers as it is told, path by path. */
export class HttpTestServer {
  readonly requests: TakenRequest[] = [];
  private readonly treatments = new Map<string, Treatment>();
  private readonly server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const taken = { method, path, headers, body: await buffer(request) };
    this.requests.push(taken);
    const [, treatment = says(404, {})] = [...this.treatments].find(([start]) => path.startsWith(start)) ?? [];
    treatment(response, taken);
  });

  /** Treats the next requests below a path so. */
  will(path: string, treatment: Treatment): void {
    this.treatments.set(path, treatment);
  }

  /** Forgets what it got. */
  clear(): void {
    this.requests.length = 0;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  /** Host and port. */
  get host(): string {
    const address = this.server.address();
    return `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
