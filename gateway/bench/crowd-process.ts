import { FrameClient, type FrameSubscription } from './frame-client.ts';

/** What the process of a crowd is told. */
export type CrowdOrder =
  | { kind: 'connect'; subscriptions: FrameSubscription[] }
  /** Listen until each of the first `clients` has heard so much, `post` being sent first when it is given. */
  | {
      kind: 'listen';
      clients: number;
      each: number;
      post?: { url: string; headers: Record<string, string>; body: string };
    };

/** What it answers: when each piece of news was heard, in milliseconds since it was posted, or else since the first. */
export type CrowdAnswer =
  | { kind: 'connected' }
  | { kind: 'listening' }
  | { kind: 'heard'; times: number[]; sample: string }
  | { kind: 'failed'; reason: string };

const AT_A_TIME = 50;
const clients: FrameClient[] = [];
let onNews: () => void = () => {};

process.on('message', (order: CrowdOrder) => {
  const done = order.kind === 'connect' ? connect(order.subscriptions) : listen(order);
  done.catch(fail);
});
process.once('disconnect', () => process.exit());

async function connect(subscriptions: readonly FrameSubscription[]): Promise<void> {
  for (let from = 0; from < subscriptions.length; from += AT_A_TIME) {
    const some = subscriptions.slice(from, from + AT_A_TIME).map((it) => new FrameClient(it, () => onNews(), fail));
    clients.push(...some);
    await Promise.all(some.map((client) => client.open()));
  }
  answer({ kind: 'connected' });
}

async function listen({ clients: count, each, post }: Extract<CrowdOrder, { kind: 'listen' }>): Promise<void> {
  const at: number[] = [];
  const heard = new Promise<void>((resolve) => {
    onNews = () => {
      at.push(performance.now());
      if (at.length === count * each) resolve();
    };
  });
  answer({ kind: 'listening' });
  const posted = performance.now();
  if (post) {
    const { url, headers, body } = post;
    const text = await (await fetch(url, { method: 'POST', headers, body })).text();
    if (text.includes('"errors"')) throw new Error(text);
  }
  await heard;
  const begin = post ? posted : (at[0] ?? 0);
  answer({ kind: 'heard', times: at.map((time) => time - begin), sample: String(clients[0]?.last) });
}

function fail(error: unknown): void {
  answer({ kind: 'failed', reason: String(error) });
}

function answer(message: CrowdAnswer): void {
  // Connections end before the channel does, when the one who measures is done.
  process.send?.(message, undefined, undefined, () => {});
}
