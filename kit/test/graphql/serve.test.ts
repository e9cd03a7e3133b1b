import 'reflect-metadata';
import { once } from 'node:events';
import { request } from 'node:http';
import { Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Public } from '../../src/graphql/access.js';
import type { RequestContext } from '../../src/graphql/context.js';
import { type ServedSubgraph, serveSubgraph } from '../../src/graphql/serve.js';
import { ServiceTokens } from '../../src/viewer/service-token.js';
import { type Bench, setUpBench } from './bench.js';

@Resolver()
class DoorResolver {
  /** Told when somebody waits at the door, and how to let them in. */
  onKnock: (letIn: () => void) => void = (letIn) => letIn();

  @Public()
  @Query(() => String, { nullable: true, description: 'Where the question comes from.' })
  caller(@Ctx() context: RequestContext): string | undefined {
    return context.metadata.clientAddress;
  }

  @Public()
  @Query(() => String, { nullable: true, description: 'Answers once let in.' })
  async knock(): Promise<string> {
    await new Promise<void>((resolve) => this.onKnock(resolve));
    return 'come in';
  }

  /** Operations that wait until nobody waits for them, or until they are told to end. */
  readonly waiting = new Set<{ signal: AbortSignal; end: () => void }>();

  @Public()
  @Query(() => String, { nullable: true, description: 'Answers when nobody waits any longer.' })
  stay(@Ctx() { signal }: RequestContext): Promise<string> {
    return new Promise((resolve) => {
      this.waiting.add({ signal, end: () => resolve('told to') });
      signal.addEventListener('abort', () => resolve('nobody waits'), { once: true });
    });
  }

  @Public()
  @Mutation(() => String, { nullable: true, description: 'Answers when it is told to.' })
  finish(@Ctx() context: RequestContext): Promise<string> {
    return this.stay(context);
  }
}

const door = new DoorResolver();
let bench: Bench;
let served: ServedSubgraph;

beforeAll(async () => {
  bench = await setUpBench([door], {});
});

beforeEach(async () => {
  served = await serve();
});

afterEach(() => served.close());

function serve(): Promise<ServedSubgraph> {
  const { publicKeys } = bench.identity('bench');
  return serveSubgraph(bench.subgraph, { host: '127.0.0.1', port: 0, servicePublicKeys: publicKeys });
}

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(served.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}

describe('a subgraph that listens', () => {
  it.each([
    ['no JSON', '{'],
    ['no query', '{"variables":{}}'],
    ['variables that are a list', '{"query":"{ caller }","variables":[1]}'],
    ['a list of operations', '[{"query":"{ caller }"}]'],
  ])('answers 400 to a body with %s', async (_what, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/JSON/);
  });

  it('answers 413 to a body that is too large', async () => {
    const response = await post(JSON.stringify({ query: '{ caller }', variables: { text: 'x'.repeat(1_048_576) } }));
    expect(response.status).toBe(413);
  });

  it("takes the client's address from nobody but the gateway, and only if the token is for this subgraph", async () => {
    const callerAfter = async (token?: string): Promise<unknown> => {
      const headers = { 'x-forwarded-for': '203.0.113.7', ...(token !== undefined && { 'x-gateway-token': token }) };
      const answer: unknown = await (await post('{"query":"{ caller }"}', headers)).json();
      return answer;
    };
    const issue = (service: string, audience: string) => new ServiceTokens(bench.identity(service)).issue(audience, []);
    const believed = { data: { caller: '203.0.113.7' } };
    const notBelieved = { data: { caller: '127.0.0.1' } };
    expect(await callerAfter(await issue('gateway', 'bench'))).toEqual(believed);
    expect(await callerAfter()).toEqual(notBelieved);
    expect(await callerAfter('made up')).toEqual(notBelieved);
    expect(await callerAfter(await issue('gateway', 'other'))).toEqual(notBelieved);
    expect(await callerAfter(await issue('other', 'bench'))).toEqual(notBelieved);
  });

  it('answers what is in flight before it closes', async () => {
    const knocked = new Promise<() => void>((resolve) => {
      door.onKnock = resolve;
    });
    const answer = post('{"query":"{ knock }"}');
    const letIn = await knocked;
    const closed = served.close();
    letIn();
    expect(await (await answer).json()).toEqual({ data: { knock: 'come in' } });
    await closed;
    await expect(post('{"query":"{ caller }"}')).rejects.toThrow();
    served = await serve();
  });
});

describe('an operation for which nobody waits any longer', () => {
  const waiting = async () => {
    while (door.waiting.size === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    const [first] = door.waiting;
    door.waiting.clear();
    return first;
  };

  it('is told so when its time is over, and answers with what it has', async () => {
    const answer = await post('{"query":"{ stay }"}', { 'x-request-timeout-ms': '30' });
    expect(await answer.json()).toEqual({ data: { stay: 'nobody waits' } });
    expect((await waiting())?.signal.aborted).toBe(true);
  });

  it.each([
    ['a query is told so', '{ stay }', true],
    ['a mutation that has begun is carried out', 'mutation { finish }', false],
  ])('because its caller went away: %s', async (_what, query, isTold) => {
    const headers = { 'content-type': 'application/json', 'x-request-timeout-ms': '60000' };
    const caller = request(served.url, { method: 'POST', headers });
    caller.on('error', () => {});
    caller.end(JSON.stringify({ query }));
    const operation = await waiting();
    const aborted = operation && once(operation.signal, 'abort');
    caller.destroy();
    if (isTold) await aborted;
    // Had it been told, then before another caller is answered.
    else await (await post('{"query":"{ caller }"}')).text();
    expect(operation?.signal.aborted).toBe(isTold);
    operation?.end();
  });

  it('keeps a connection for longer than the gateway, which says when it is closed', async () => {
    const { headers } = await post('{"query":"{ caller }"}');
    expect(headers.get('keep-alive')).toBe('timeout=75');
  });
});
