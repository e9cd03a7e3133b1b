import type { GraphQLError } from 'graphql';
import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../world/client.js';
import { type RunningWorld, startWorld } from '../world/world.js';
import { startLibrary } from './library.js';

let running: RunningWorld;
afterEach(() => running.close());

/** What a client sees, by every way there is to ask. */
const ways: Record<string, (url: string, query: string) => Promise<string>> = {
  POST: (url, query) => send(url, { method: 'POST', body: JSON.stringify({ query }) }),
  GET: (url, query) => send(`${url}?query=${encodeURIComponent(query)}`, {}),
  'a batch': (url, query) => send(url, { method: 'POST', body: JSON.stringify([{ query }]) }),
  'an event stream': (url, query) =>
    send(url, { method: 'POST', body: JSON.stringify({ query }) }, 'text/event-stream'),
  'a multipart answer': (url, query) =>
    send(
      url,
      { method: 'POST', body: JSON.stringify({ query }) },
      'multipart/mixed;subscriptionSpec=1.0, application/json',
    ),
  'a WebSocket': async (url, query) => {
    const client = connect(url);
    const seen = await new Promise<unknown>((resolve) => {
      const results: unknown[] = [];
      client.subscribe(
        { query },
        { next: (result) => results.push(result), error: resolve, complete: () => resolve(results) },
      );
    });
    await client.dispose();
    return JSON.stringify(seen);
  },
};

async function send(url: string, init: RequestInit, accept = 'application/json'): Promise<string> {
  const headers = { accept, 'content-type': 'application/json' };
  return (await fetch(url, { ...init, headers })).text();
}

const INNER = [
  '{ _service { sdl } }',
  '{ _entities(representations: [{ __typename: "Person", id: "p1" }]) { ... on Person { secret } } }',
  'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
  'query ($r: _Any) { orders { id } }',
  '{ order(id: "1") { ... on _Entity { __typename } } }',
  '{ orders { id @join__field(graph: "ORDERS") } }',
  '{ orders { id @inaccessible } }',
];

describe.each(Object.entries(ways))('by %s', (_, ask) => {
  test.each([true, false])('nothing of the inside is reached or told (introspection %s)', async (introspection) => {
    running = await startWorld({ settings: { introspection } });
    for (const query of INNER) {
      const seen = await ask(running.url, query);
      expect(seen).toContain('GRAPHQL_VALIDATION_FAILED');
      expect(seen).not.toMatch(
        /"data"|type Query|subgraph|federation|apollo|graphql-js|fastify|supergraph|stacktrace|node_modules/i,
      );
    }
    expect(running.world.fetches).toEqual([]);
  });

  test('errors name nothing of what runs it', async () => {
    running = await startWorld({ settings: { introspection: false } });
    for (const query of [
      '{',
      '',
      '{ ordrs }',
      '{ order { id } }',
      '{ broken }',
      '{ missing { id } }',
      '{ order(id: {}) { id } }',
      '{ __schema { types { name } } }',
    ]) {
      const seen = await ask(running.url, query);
      expect(seen).toContain('"code"');
      expect(seen).not.toMatch(
        /Did you mean|apollo|federation|subgraph|graphql-js|graphql-ws|fastify|node_modules|postgres|10\.0\.0/i,
      );
    }
  });
});

test('what a subgraph says of the documents that it is sent is told to nobody', async () => {
  running = await startWorld();
  for (const code of ['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED']) {
    const said = { message: 'Cannot query field "hidden" on type "_Entity"', extensions: { code } };
    const { gateway, url } = await startLibrary({}, { errors: [said as unknown as GraphQLError] });
    const seen = await send(url, { method: 'POST', body: JSON.stringify({ query: '{ book { id } }' }) });
    expect(JSON.parse(seen)).toMatchObject({
      data: { book: null },
      errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(seen).not.toMatch(/hidden|_Entity/);
    await gateway.close();
  }
});

test('what clients may ask for the schema tells nothing of the inside', async () => {
  running = await startWorld({ settings: { introspection: true } });
  const names = await send(running.url, {
    method: 'POST',
    body: JSON.stringify({
      query: '{ __schema { types { name } directives { name } queryType { fields { name } } } }',
    }),
  });
  expect(names).not.toMatch(/join__|link__|_Any|_Entity|_Service|_entities|_service|inaccessible|listSize/);
});
