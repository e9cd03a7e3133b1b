import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demo } from '../src/demo/demo.js';
import { User } from '../src/users/user.entity.js';
import { register, SIGN_IN } from './accounts-client.js';

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

afterAll(() => graph.close());

function fork() {
  const room = graph.rooms.get('accounts');
  if (!room) throw new Error('accounts does not run');
  return room.orm.em.fork();
}

async function load(seed = 7): Promise<number[]> {
  const shares: number[] = [];
  const options = { seed, tutors: 230, orders: 10, now: new Date('2026-11-21T09:00:00Z') };
  await demo.load(fork(), { ...options, onProgress: (share) => shares.push(share) });
  return shares;
}

describe('accounts of the demo', () => {
  test('are loaded with progress, sign in with the printed password and leave nobody else out when cleared', async () => {
    expect(await demo.isEmpty(fork())).toBe(true);
    const shares = await load();
    expect(shares.at(-1)).toBe(1);
    expect(shares.length).toBeGreaterThan(1);
    expect(await demo.isEmpty(fork())).toBe(false);
    expect(await fork().count(User)).toBe(7 + 230 + 250);

    for (const name of ['student', 'tutor', 'superadmin']) {
      const input = { email: `${name}@demo.tutorgraph.example`, password: 'tutorgraph-demo' };
      const { data } = await graph.run('accounts', SIGN_IN, { input });
      expect(data).toMatchObject({ signIn: { userErrors: [], session: { accessToken: expect.any(String) } } });
    }
    expect(await fork().findOne(User, { id: demoId(7, 'user:tutor', 5) })).toMatchObject({ role: 'TUTOR' });

    expect(await fork().count(User, { emailVerifiedAt: null })).toBe(0);

    const { email } = await register(graph);
    await demo.clear(fork());
    expect((await fork().find(User, {})).map((user) => user.email)).toEqual([email]);
    await load(8);
    expect(await fork().count(User)).toBe(1 + 7 + 230 + 250);
  });
});
