import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { transaction } from '../../src/database/transaction.js';
import { GraphClient, type SubgraphCall } from '../../src/graph/graph-client.js';
import { remoteSubgraph } from '../../src/graph/remote-subgraph.js';
import { type TestDatabase, testDatabase } from '../../src/testing/database.js';
import { createServiceIdentities, ServiceTokens } from '../../src/viewer/service-token.js';
import { openNotes } from '../support/notes.js';

let tokens: ServiceTokens;
let asked: Parameters<SubgraphCall>[];
let answer: SubgraphCall;
let client: GraphClient;

beforeAll(async () => {
  const identity = (await createServiceIdentities(['payments'])).get('payments');
  if (!identity) throw new Error('There is no identity');
  tokens = new ServiceTokens(identity);
});

beforeEach(() => {
  asked = [];
  answer = async () => ({ data: { _entities: [{ id: 'b', price: 7 }, null] } });
  const call: SubgraphCall = (...request) => {
    asked.push(request);
    return answer(...request);
  };
  client = new GraphClient(tokens, new Map([['marketplace', call]]));
});

describe('the graph client', () => {
  it('asks once for all ids, and leaves out what does not exist', async () => {
    const found = await client.entities('marketplace', 'Booking', ['b', 'gone'], ['price']);
    expect([...found]).toEqual([['b', { id: 'b', price: 7 }]]);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.[0].variables).toEqual({
      representations: [
        { __typename: 'Booking', id: 'b' },
        { __typename: 'Booking', id: 'gone' },
      ],
    });
  });

  it('asks nobody for no ids', async () => {
    expect((await client.entities('marketplace', 'Booking', [], ['price'])).size).toBe(0);
    expect(asked).toEqual([]);
  });

  it('shows a token for that subgraph with a scope for each field', async () => {
    await client.entities('marketplace', 'Booking', ['b'], ['price', 'status']);
    expect(decodeJwt(asked[0]?.[1].authorization?.replace('Bearer ', '') ?? '')).toMatchObject({
      sub: 'payments',
      aud: 'marketplace',
      scope: 'Booking.price Booking.status',
    });
  });

  it('selects nested values, whose scope is the field that holds them', async () => {
    await client.entities('marketplace', 'Booking', ['b'], ['amount { amountMinor currency }', 'student{ id }']);
    expect(asked[0]?.[0].query).toContain('{ id amount { amountMinor currency } student{ id } }');
    expect(decodeJwt(asked[0]?.[1].authorization?.replace('Bearer ', '') ?? '')).toMatchObject({
      scope: 'Booking.amount Booking.student',
    });
    await expect(client.entities('marketplace', 'Booking', ['b'], ['{ id }'])).rejects.toThrow('name of a field');
  });

  it('says SERVICE_UNAVAILABLE when there is no address, and when the answer has errors', async () => {
    const code = { extensions: { code: 'SERVICE_UNAVAILABLE' } };
    await expect(client.query('learning', { query: '{ me }' }, [])).rejects.toMatchObject({
      ...code,
      message: expect.stringContaining('LEARNING_SUBGRAPH_URL'),
    });
    answer = async () => ({ data: null });
    await expect(client.query('marketplace', { query: '{ me }' }, [])).rejects.toMatchObject(code);
  });
});

describe('inside a transaction', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await testDatabase({ cacheKey: [], migrate: async () => {} });
  });

  afterEach(() => database.close());

  it('nobody outside is asked', async () => {
    const orm = await openNotes(database.url, 'asking');
    const asking = transaction(orm.em, () => client.entities('marketplace', 'Booking', ['b'], ['price']));
    await expect(asking).rejects.toThrow('inside a database transaction');
    expect(asked).toEqual([]);
    await orm.close();
  });
});

describe('a subgraph elsewhere', () => {
  const servers: Server[] = [];

  async function replica(status: number, body: string): Promise<string> {
    const server = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  }

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  const ask = (...urls: string[]) => remoteSubgraph(urls.join(', '))({ query: '{ me }' }, { requestId: 'request-1' });
  const nobody = 'http://127.0.0.1:9/graphql';
  const right = { data: { me: 'yes' } };

  it('is asked at its next replica when one does not listen', async () => {
    expect(await ask(nobody, await replica(200, JSON.stringify(right)))).toEqual(right);
  });

  it('is asked at its next replica when one is closing', async () => {
    const closing = await replica(
      503,
      '{"statusCode":503,"error":"Service Unavailable","message":"Service Unavailable"}',
    );
    expect(await ask(closing, await replica(200, JSON.stringify(right)))).toEqual(right);
  });

  it('is SERVICE_UNAVAILABLE when no replica answers', async () => {
    const unavailable = { extensions: { code: 'SERVICE_UNAVAILABLE' } };
    await expect(ask(nobody)).rejects.toMatchObject(unavailable);
    await expect(ask(nobody, await replica(500, '{}'))).rejects.toMatchObject(unavailable);
  });
});
