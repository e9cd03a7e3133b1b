import type { StreamMessage } from './http-stream.js';

/** What could be read of an answer so far. */
interface ReadMessages {
  messages: StreamMessage[];
  heartbeats: number;
  /** Not whole yet. */
  rest: string;
}

/** Reads whole messages from the text of a live answer. */
export function nextMessages(contentType: string, text: string): ReadMessages {
  if (contentType.startsWith('text/event-stream')) return readEvents(text);
  if (contentType.startsWith('multipart/mixed')) return readParts(contentType, text);
  return { messages: [], heartbeats: 0, rest: text };
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
function readEvents(text: string): ReadMessages {
  const blocks = text.split('\n\n');
  const rest = blocks.pop() ?? '';
  const read: ReadMessages = { messages: [], heartbeats: 0, rest };
  for (const block of blocks) {
    const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0], line.replace(/^[^:]*: ?/, '')]));
    const id = fields.get('id');
    if (fields.has('retry')) read.messages.push({ retry: Number(fields.get('retry')) });
    else if (fields.get('event') === 'complete' && fields.has('data')) read.messages.push({ isEnd: true });
    else if (fields.has('data')) read.messages.push({ ...JSON.parse(fields.get('data') ?? ''), ...(id && { id }) });
    else read.heartbeats += 1;
  }
  return read;
}

/**
 * RFC 2046, section 5.1.1, as Apollo's clients read it: a part is taken when the delimiter behind it has come.
 * https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
 */
function readParts(contentType: string, text: string): ReadMessages {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  const pieces = text.split(`\r\n--${boundary}`);
  const rest = pieces.pop() ?? '';
  const read: ReadMessages = { messages: [], heartbeats: 0, rest: `\r\n--${boundary}${rest}` };
  if (pieces.length === 0) return { ...read, rest };
  for (const piece of pieces.filter((one) => one !== '')) {
    const [head = '', body = ''] = piece.split('\r\n\r\n', 2);
    if (!/^\r\ncontent-type: application\/json/i.test(head)) throw new Error(`A part without its type: ${piece}`);
    const part = JSON.parse(body);
    if (Object.keys(part).length === 0) read.heartbeats += 1;
    else if ('payload' in part) read.messages.push({ ...part.payload, ...(part.errors && { errors: part.errors }) });
    else read.messages.push(part);
  }
  if (rest === '--\r\n') return { ...read, rest: '', messages: [...read.messages, { isEnd: true }] };
  return read;
}
