import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A message as the server took it. */
export interface TakenSms {
  method: string;
  path: string;
  /** User and password. */
  login: string;
  form: Record<string, string>;
}

/** How the server treats a request. */
export type Treatment = (response: ServerResponse, form: Record<string, string>) => unknown;

/** Answers as Twilio does when it has taken a message. */
export const takes: Treatment = (response, { To, Body }) =>
  answer(response, 201, { sid: `SM${'0'.repeat(32)}`, status: 'queued', to: To, body: Body, error_code: null });

/** Refuses as Twilio does; its words repeat the number. */
export function refuses(status: number, code: number): Treatment {
  return (response, { To }) => {
    const more_info = `https://www.twilio.com/docs/errors/${code}`;
    answer(response, status, { code, message: `The number ${To} is wrong`, more_info, status });
  };
}

/** Answers without JSON, as what stands before Twilio does. */
export function breaks(status: number): Treatment {
  return (response) => response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
}

/** Never answers. */
export const hangs: Treatment = () => {};

/** Answers, but never to the end. */
export const drips: Treatment = (response) => {
  response.writeHead(201, { 'content-type': 'application/json' }).write('{');
  const drops = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(drops));
};

/** Closes the connection without an answer. */
export const resets: Treatment = (response) => response.socket?.destroy();

/** A local server that speaks Twilio's protocol, as much of it as sends a message. */
export class TwilioTestServer {
  readonly messages: TakenSms[] = [];
  private treatment = takes;
  private readonly server = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    this.messages.push({ method: request.method ?? '', path: request.url ?? '', login: loginOf(request), form });
    this.treatment(response, form);
  });

  /** Treats the next requests so. */
  will(treatment: Treatment): void {
    this.messages.length = 0;
    this.treatment = treatment;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function loginOf(request: IncomingMessage): string {
  return Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
}
