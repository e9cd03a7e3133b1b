import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

/** How the server treats one request; the body is parsed already. */
export type Treatment = (response: ServerResponse, body: Record<string, unknown>, request: IncomingMessage) => unknown;

/** A local server that speaks as much of OpenAI's protocol as a test wants. */
export class OpenAiServer {
  readonly requests: { path: string; authorization: string | undefined; body: Record<string, unknown> }[] = [];
  private treatments: Treatment[] = [];
  private readonly server = createServer(async (request, response) => {
    const body = (await json(request)) as Record<string, unknown>;
    this.requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
    const treat = this.treatments.length > 1 ? this.treatments.shift() : this.treatments[0];
    await treat?.(response, body, request);
  });

  /** Treats the next requests in this order, the last one for ever. */
  will(...treatments: Treatment[]): void {
    this.requests.length = 0;
    this.treatments = treatments;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Answers with JSON. */
export function answers(body: unknown, status = 200, headers: Record<string, string> = {}): Treatment {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** Answers an embeddings request: a vector of each text's length. */
export const embeds: Treatment = (response, { input }) => {
  const texts = Array.isArray(input) ? input : [];
  const data = texts.map((text, index) => ({ object: 'embedding', index, embedding: [String(text).length, 1] }));
  return answers({ object: 'list', data: data.reverse(), model: 'm', usage: {} })(response, {}, response.req);
};

/** Answers a chat request with this text. */
export const says = (content: string): Treatment =>
  answers({ id: '1', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content } }] });

/** Refuses with a status, as a provider does. */
export const refuses = (status: number, headers: Record<string, string> = {}): Treatment =>
  answers({ error: { message: 'prompt-echo', type: 'error' } }, status, headers);

/** Never answers. */
export const hangs: Treatment = () => {};

/** Closes the connection without an answer. */
export const resets: Treatment = (response) => response.socket?.destroy();

/** Sends half an answer and no more. */
export const stalls: Treatment = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"object":"list","data":[');
};
