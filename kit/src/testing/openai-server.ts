import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** How the server treats one request; the body is parsed already. */
export type Treatment = (response: ServerResponse, body: Record<string, unknown>, request: IncomingMessage) => unknown;

/** A local server that speaks as much of OpenAI's protocol as a test wants. */
export class OpenAiServer {
  readonly requests: { path: string; authorization: string | undefined; body: Record<string, unknown> }[] = [];
  private treatments: Treatment[] = [];
  private readonly server = createServer(async (request, response) => {
    const body = await readBody(request);
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

/** A file of a request that has several parts. */
export interface SentFile {
  name: string;
  type: string;
  bytes: Buffer;
}

/** JSON, or a form whose files are {@link SentFile} and whose repeated fields are lists. */
async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const bytes = await buffer(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const fields: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const values = await Promise.all(form.getAll(name).map(readValue));
    fields[name] = name.endsWith('[]') ? values : values[0];
  }
  return fields;
}

async function readValue(value: string | File): Promise<string | SentFile> {
  if (typeof value === 'string') return value;
  return { name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) };
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

/** Answers a transcription request: one word each half second, unless the words come with their times. */
export function hears(text: string, timed?: readonly { word: string; start: number; end: number }[]): Treatment {
  const spoken = text.split(' ').map((word, index) => ({ word, start: index / 2, end: index / 2 + 0.4 }));
  const words = timed ?? spoken;
  const duration = (words.at(-1)?.end ?? 0) + 0.1;
  return answers({ task: 'transcribe', text, language: 'english', duration, words, segments: [] });
}

/** Answers a speech request with these bytes. */
export function voices(bytes: Uint8Array, contentType = 'audio/mpeg'): Treatment {
  return (response) => response.writeHead(200, { 'content-type': contentType }).end(bytes);
}

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

/** One event of a streamed answer. */
function streamed(content: string, finish: string | null = null): string {
  const choices = [{ index: 0, delta: content ? { content } : {}, finish_reason: finish }];
  return `data: ${JSON.stringify({ id: '1', object: 'chat.completion.chunk', choices })}\n\n`;
}

/** How a streamed answer is sent. */
interface StreamedAnswer {
  /** Milliseconds before the answer begins. @default 0 */
  connectMs?: number;
  /** Milliseconds before each piece. @default 0 */
  pieceMs?: number;
  /** How it ends: complete, with the connection broken, with an event that is no JSON, or never. @default 'complete' */
  end?: 'complete' | 'closed' | 'reset' | 'malformed' | 'hanging' | 'cut at the limit';
}

/** Answers a chat request bit by bit. */
export function streams(
  pieces: readonly string[],
  { connectMs = 0, pieceMs = 0, end = 'complete' }: StreamedAnswer = {},
): Treatment {
  return async (response) => {
    await delay(connectMs);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    for (const content of pieces) {
      await delay(pieceMs);
      response.write(streamed(content));
    }
    if (end === 'complete') response.end(`${streamed('', 'stop')}data: [DONE]\n\n`);
    if (end === 'cut at the limit') response.end(`${streamed('', 'length')}data: [DONE]\n\n`);
    if (end === 'closed') response.end();
    if (end === 'malformed') response.end('data: {"choices": [{"delta"\n\n');
    if (end === 'reset') setImmediate(() => response.socket?.destroy());
  };
}
