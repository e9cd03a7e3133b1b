import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { p99Within, shareOfPeer } from '@tutorgraph/kit/bench/goal';
import type { Load, Round } from '@tutorgraph/kit/bench/load';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { bareBroadcast } from './bare-broadcast.ts';
import { type ChatHall, ChatHalls } from './chat-halls.ts';
import { Crowd } from './crowd.ts';

const HALLS = 5;
const MEMBERS = 1_000;
const BURST = 20;
const SINGLE = 5;
const TEXT = 'Who has the notes of the last lesson? I could not be there, and the test is tomorrow.';
const HEARD = `subscription ($roomId: ID!) { messageReceived(roomId: $roomId) {
  cursor kind message { id sequence text createdAt author { id displayName } }
} }`;
const SEND = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }';

/** A message in a room of a thousand people, of five such rooms whose people all listen. */
export async function bench(compare: Compare): Promise<void> {
  const halls = await ChatHalls.open();
  const rooms: ChatHall[] = [];
  for (let opened = 0; opened < HALLS; opened += 1) rooms.push(await halls.room(MEMBERS));
  const [hall] = rooms;
  if (!hall) throw new Error('There is no hall');
  const [own, bare] = [new Crowd(), new Crowd()];
  const idle = await bareBroadcast(() => '');
  const idleUrl = `http://127.0.0.1:${idle.port}/`;
  const bareMemory = await grown(() => bare.connect(rooms.flatMap((room) => listeners(idleUrl, room))));
  const memory = await grown(() => own.connect(rooms.flatMap((room) => listeners(halls.url, room))));
  await settled(halls, HALLS);
  bare.close();
  const sample = await firstMessage(halls, own, hall);
  tell(`An idle live subscription, of ${HALLS * MEMBERS}: ${memory}; an idle bare ws connection: ${bareMemory}`);
  await fanOut(compare, halls, own, hall, sample);
  own.close();
}

async function fanOut(compare: Compare, halls: ChatHalls, own: Crowd, hall: ChatHall, sample: string): Promise<void> {
  const server = await bareBroadcast(() => sample);
  const bare = new Crowd();
  const bareUrl = `http://127.0.0.1:${server.port}/`;
  await bare.connect(listeners(bareUrl, hall));
  const peer = `a bare ws broadcast of the same ${sample.length} bytes`;
  await compare({
    name: `deliveries of ${BURST} messages back to back to ${MEMBERS.toLocaleString('en')} people`,
    load: burst(own, () => halls.write(hall, TEXT, BURST)),
    peer: { name: peer, load: burst(bare, () => server.broadcast(sample, BURST)) },
    goal: shareOfPeer(0.5),
  });
  await compare({
    name: `a message, from the mutation to each of ${MEMBERS.toLocaleString('en')} people`,
    load: single(
      own,
      () => post(halls, hall),
      () => halls.noteWritten(),
    ),
    peer: { name: `${peer}, from a request on`, load: single(bare, () => ({ url: bareUrl, headers: {}, body: '' })) },
    goal: p99Within(250),
  });
  bare.close();
}

function listeners(url: string, { roomId, members }: ChatHall) {
  const { port, pathname } = new URL(url);
  return members.map(({ authorization }: TestPerson) => ({
    port: Number(port),
    path: pathname,
    authorization,
    query: HEARD,
    variables: { roomId },
  }));
}

/** Rounds are as long as they are: each hears all of a burst. */
function burst(crowd: Crowd, send: () => Promise<void>): Load {
  return {
    async round(): Promise<Round> {
      const heard = await crowd.listen({ clients: MEMBERS, each: BURST });
      await send();
      const { times } = await heard();
      return { times, elapsedMs: times.at(-1) ?? 0 };
    },
  };
}

interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
}

function single(crowd: Crowd, request: () => Post, onHeard: () => void = () => {}): Load {
  return {
    async round(): Promise<Round> {
      const all: number[] = [];
      const begin = performance.now();
      for (let sent = 0; sent < SINGLE; sent += 1) {
        const heard = await crowd.listen({ clients: MEMBERS, each: 1, post: request() });
        all.push(...(await heard()).times);
        onHeard();
      }
      return { times: all, elapsedMs: performance.now() - begin };
    },
  };
}

function post({ url, author }: ChatHalls, { roomId }: ChatHall): Post {
  const variables = { input: { roomId, text: TEXT } };
  return {
    url,
    headers: { 'content-type': 'application/json', authorization: author.authorization },
    body: JSON.stringify({ query: SEND, variables }),
  };
}

/** What one of the crowd hears, byte for byte. */
async function firstMessage(halls: ChatHalls, crowd: Crowd, hall: ChatHall): Promise<string> {
  const heard = await crowd.listen({ clients: MEMBERS, each: 1 });
  await halls.write(hall, TEXT, 1);
  return (await heard()).sample;
}

/** Everybody has gone over to what is broadcast. */
async function settled({ upstreams }: ChatHalls, count: number): Promise<void> {
  const giveUpAt = performance.now() + 60_000;
  while (upstreams.size !== count) {
    if (performance.now() > giveUpAt)
      throw new Error(`${upstreams.size} upstream subscriptions are open, not ${count}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What is held more afterwards, for each subscriber. */
async function grown(connect: () => Promise<void>): Promise<string> {
  const before = held();
  await connect();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const after = held();
  const kilobytes = (bytes: number) => `${(bytes / (HALLS * MEMBERS) / 1_024).toFixed(1)} KB`;
  return `${kilobytes(after.heap - before.heap)} of heap and buffers, ${kilobytes(after.rss - before.rss)} resident`;
}

function held(): { heap: number; rss: number } {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
