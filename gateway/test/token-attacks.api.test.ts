import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Forgery, forgeries } from './attacks/forged-tokens.js';
import { World } from './authorization/world.js';
import { ask, connect, Live } from './world/client.js';

const QUERY = '{ __typename }';

let world: World;
const served = new Map<string, ServedSubgraph>();

beforeAll(async () => {
  world = await World.start();
  for (const room of world.graph.rooms.keys()) served.set(room, await world.graph.serve(room));
});
afterAll(async () => {
  for (const room of served.values()) await room.close();
  await world?.close();
});

/** What becomes of a token that is shown to the gateway or a room itself, over HTTP and WebSocket. */
async function shown(url: string, authorization: string): Promise<{ http: string; socket: string }> {
  const { status, body } = await ask(url, QUERY, { headers: { authorization } });
  const [error] = body.errors ?? [];
  const http = error ? `${status} ${error.extensions['code']}` : `${status}`;
  return { http, socket: await shownOnSocket(url, authorization) };
}

async function shownOnSocket(url: string, authorization: string): Promise<string> {
  const client = connect(url, { authorization });
  try {
    const { errors } = await new Live(client, QUERY).result();
    return String(errors?.[0]?.extensions?.['code'] ?? 'answered');
  } catch (error) {
    const code: unknown = typeof error === 'object' && error !== null && Reflect.get(error, 'code');
    if (typeof code === 'number') return `closed with ${code}`;
    throw error;
  } finally {
    await client.dispose();
  }
}

/** The gateway and every room, each asked by itself. */
async function shownToEach(forge: Forgery): Promise<Record<string, { http: string; socket: string }>> {
  const urls = new Map([['gateway', world.url], ...[...served].map(([room, { url }]) => [room, url] as const)]);
  const answers: Record<string, { http: string; socket: string }> = {};
  for (const [target, url] of urls) {
    const person = await world.graph.person('STUDENT');
    answers[target] = await shown(url, await forge({ graph: world.graph, person, target }));
  }
  return answers;
}

function each(gateway: object, room: object): Record<string, object> {
  return { gateway, ...Object.fromEntries([...served.keys()].map((name) => [name, room])) };
}

const refusedByEach = () =>
  each(
    { http: '401 UNAUTHENTICATED', socket: 'closed with 4403' },
    { http: '200 UNAUTHENTICATED', socket: 'UNAUTHENTICATED' },
  );
const takenByEach = () => each({ http: '200', socket: 'answered' }, { http: '200', socket: 'answered' });

describe('a token', () => {
  test('that is as it should be is taken by the gateway and by each room', async () => {
    expect(await shownToEach(async ({ person }) => person.authorization)).toEqual(takenByEach());
  });

  test.each(Object.entries(forgeries))('is refused by the gateway and by each room when %s', async (_why, forge) => {
    expect(await shownToEach(forge)).toEqual(refusedByEach());
  });

  test('is refused by each when its session was ended, which a moment ago was not', async () => {
    const people = new Map<string, string>();
    const taken = await shownToEach(async ({ person, target }) => {
      people.set(target, person.authorization);
      const expiry = "now() + interval '1 hour'";
      await runSql(
        world.graph.databaseUrl,
        `insert into accounts.sessions (id, user_id, created_at, last_used_at, expires_at) values ($1, $2, now(), now(), ${expiry})`,
        [person.sessionId, person.userId],
      );
      return person.authorization;
    });
    expect(taken).toEqual(takenByEach());
    await runSql(world.graph.databaseUrl, 'update accounts.sessions set revoked_at = now()');
    await world.graph.rights.refresh();
    expect(await shownToEach(async ({ target }) => people.get(target) ?? '')).toEqual(refusedByEach());
  });
});

describe('a service token', () => {
  test('opens the one room that it is meant for, never the gateway', async () => {
    const answers = await shownToEach(({ graph, target }) => graph.service(target, []));
    expect(answers).toEqual(
      each({ http: '401 UNAUTHENTICATED', socket: 'closed with 4403' }, { http: '200', socket: 'answered' }),
    );
  });
});
