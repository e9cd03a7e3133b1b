import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { GraphRequest } from '@tutorgraph/kit/graphql/executor';
import type { CallableSubgraph } from '../../src/transports/in-process-transport.js';

/** What a replica does with a request; each is something that servers and the networks before them do. */
export type Mood =
  /** Answers. */
  | 'well'
  /** Answers, and closes the connection a moment later, while the caller takes it for open. */
  | 'closing'
  /** Does the work and says nothing. */
  | 'silent'
  /** Cuts the connection before it has read the request. */
  | 'resetting'
  /** Does the work and cuts the connection before it answers. */
  | 'dying'
  /** Does the work and sends half of its answer. */
  | 'breaking-off'
  /** Is a proxy before a service that is gone. */
  | 'unavailable'
  /** Answers something that is not GraphQL. */
  | 'babbling';

/** A subgraph that listens and does not always answer. */
export interface MoodyReplica {
  readonly url: string;
  /** The ids of all requests that came, whatever became of them. */
  readonly arrivals: readonly string[];
  /** Headers of the last request. */
  readonly headers: IncomingHttpHeaders;
  /** Requests that are waiting for an answer. */
  readonly waiting: number;
  /** Callers that went away while they waited. */
  readonly left: number;
  /** From now on. */
  mood: Mood;
  /** Answers all that wait. */
  answerAll(): Promise<void>;
  /** Cuts the connections of all that wait. */
  breakOff(): void;
  close(): Promise<void>;
}

/** Serves a subgraph on a port of its own. @param moodOf how the request is treated that comes next; else as the replica's mood is */
export async function startMoodyReplica(subgraph: CallableSubgraph, moodOf?: () => Mood): Promise<MoodyReplica> {
  const waiting = new Map<ServerResponse, GraphRequest>();
  const state = { mood: 'well' as Mood, arrivals: [] as string[], headers: {} as IncomingHttpHeaders, left: 0 };
  const answer = async (request: GraphRequest, response: ServerResponse): Promise<void> => {
    const result = await subgraph.execute(request, { requestId: 'moody' });
    response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
  };
  const server = createServer(async (incoming, response) => {
    state.arrivals.push(String(incoming.headers['x-request-id']));
    state.headers = incoming.headers;
    const mood = moodOf?.() ?? state.mood;
    if (mood === 'resetting') return void incoming.socket.destroy();
    const request: GraphRequest = JSON.parse(await text(incoming));
    if (mood === 'silent') {
      waiting.set(response, request);
      response.once('close', () => {
        if (waiting.delete(response)) state.left += 1;
      });
      return;
    }
    if (mood === 'well' || mood === 'closing') {
      await answer(request, response);
      if (mood === 'closing') setTimeout(() => incoming.socket.destroy(), 1);
      return;
    }
    misbehave(mood, incoming, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    arrivals: state.arrivals,
    get headers() {
      return state.headers;
    },
    get waiting() {
      return waiting.size;
    },
    get left() {
      return state.left;
    },
    set mood(mood: Mood) {
      state.mood = mood;
    },
    async answerAll() {
      const all = [...waiting];
      waiting.clear();
      await Promise.all(all.map(([response, request]) => answer(request, response)));
    },
    breakOff() {
      for (const response of waiting.keys()) response.destroy();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function misbehave(mood: Mood, { socket }: IncomingMessage, response: ServerResponse): void {
  if (mood === 'dying') socket.destroy();
  if (mood === 'breaking-off') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"data":{', () => socket.destroy());
  }
  if (mood === 'unavailable') response.writeHead(503).end('<h1>503 Service Unavailable</h1>');
  if (mood === 'babbling') response.writeHead(200).end('{"hello":"you"}');
}
