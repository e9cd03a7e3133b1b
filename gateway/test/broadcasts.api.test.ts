import { GraphQLError } from 'graphql';
import { afterEach, describe, expect, test } from 'vitest';
import { HALLS } from './halls/hall-log.js';
import { SQUARE } from './halls/halls-subgraph.js';
import { CALL_HEARD, type HallsOptions, HallsWorld } from './halls/halls-world.js';
import { Live, until } from './world/client.js';
import type { Mode } from './world/world.js';

const worlds: HallsWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function start(options: HallsOptions = {}): Promise<HallsWorld> {
  const world = await HallsWorld.start(options);
  worlds.push(world);
  return world;
}

const cursor = (position: number) => Buffer.from(`${HALLS}:${position}`).toString('base64url');
const heard = (position: number, text: string) => ({
  callHeard: { cursor: cursor(position), call: { text, caller: { name: 'Person p1' } } },
});
const textOf = (data: Record<string, unknown>) =>
  (data as { callHeard: { call: { text: string } | null } }).callHeard.call?.text;

describe.each<Mode>(['in-process', 'remote'])(
  'a subscription that says the same to all who may hear it, %s',
  (mode) => {
    test('has one upstream and one answer for all of them, and ends with the last at once', async () => {
      const world = await start({ mode });
      const people = await Promise.all([1, 2, 3].map(() => world.person()));
      const lives = [];
      for (const person of people) lives.push(await world.listen(person));
      await world.settled();
      expect(new Set(world.openedBy)).toEqual(new Set([...people.map(({ userId }) => userId), 'gateway']));
      await world.log.call('1', 'Hello', 'World');
      for (const live of lives) {
        expect(await live.next()).toEqual(heard(1, 'Hello'));
        expect(await live.next()).toEqual(heard(2, 'World'));
      }
      expect(world.traffic.fetches.filter(({ query }) => query.includes('name')).map(({ viewer }) => viewer)).toEqual([
        'gateway',
        'gateway',
      ]);
      for (const live of lives) await live.end();
      await until(() => world.upstreams === 0 && world.traffic.open === 0);
    });

    test('lets nobody in whom the subgraph refuses', async () => {
      const world = await start({ mode });
      const live = await world.listen(await world.person());
      await world.settled();
      const stranger = new Live(world.connect((await world.person([])).authorization), CALL_HEARD, { hallId: '1' });
      expect((await stranger.failure())[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
      await world.log.call('1', 'Hello');
      expect(await live.next()).toEqual(heard(1, 'Hello'));
    });

    test('ends for whom an event says so, strictly before what follows, and for nobody else', async () => {
      const world = await start({ mode });
      const [removed, staying] = [await world.person(), await world.person()];
      const lives = [await world.listen(removed), await world.listen(staying)];
      await world.settled();
      await world.log.call('1', 'before');
      await world.log.remove('1', removed.userId, 'after', 'later');
      expect(await lives[0]?.next()).toEqual(heard(1, 'before'));
      const ending = await lives[0]?.result().catch((errors: unknown) => errors);
      expect(ending).toMatchObject([{ extensions: { code: 'FORBIDDEN', cursor: cursor(1) } }]);
      expect(await lives[1]?.next()).toEqual(heard(1, 'before'));
      // Whom it does not end is not told of it.
      expect(await lives[1]?.next()).toEqual(heard(3, 'after'));
      expect(await lives[1]?.next()).toEqual(heard(4, 'later'));
    });

    test('goes on behind a cursor under the viewer’s own right, then with all others', async () => {
      const world = await start({ mode });
      await world.listen(await world.person());
      await world.settled();
      await world.log.call('1', 'one', 'two');
      await world.log.call('2', 'elsewhere');
      await world.log.call('1', 'three');
      const late = new Live(world.connect((await world.person()).authorization), CALL_HEARD, {
        hallId: '1',
        after: cursor(1),
      });
      expect(await late.next()).toEqual({ callHeard: { cursor: cursor(1), call: null } });
      await world.settled();
      await world.log.call('1', 'four');
      expect(await late.next()).toEqual(heard(2, 'two'));
      expect(await late.next()).toEqual(heard(4, 'three'));
      expect(await late.next()).toEqual(heard(5, 'four'));
    });

    test('goes on without gap or repeat when its replica is lost', async () => {
      const world = await start({ mode: 'remote', replicas: 2 });
      const lives = [];
      for (const person of [await world.person(), await world.person()]) lives.push(await world.listen(person));
      await world.settled();
      await world.log.call('1', 'one');
      await world.replicas.find(({ sockets }) => sockets > 0)?.kill();
      await world.log.call('1', 'two', 'three');
      for (const live of lives)
        for (const text of ['one', 'two', 'three']) expect(textOf(await live.next())).toBe(text);
    });

    test('goes on in another graph, and comes to an end without gap or repeat where it is none there', async () => {
      const world = await start({ mode });
      const lives = [];
      for (const person of [await world.person(), await world.person()]) lives.push(await world.listen(person));
      await world.settled();
      await world.log.call('1', 'one');
      await world.replaceGraph();
      await world.log.call('1', 'two');
      expect(world.upstreams).toBe(1);
      expect(world.openedBy.filter((viewer) => viewer === 'gateway')).toHaveLength(1);
      await world.replaceGraph({ subscriptions: [], sameForAll: {} });
      await world.log.call('1', 'three');
      await world.settled(2);
      await world.log.call('1', 'four');
      await world.replaceGraph();
      await world.log.call('1', 'five');
      await world.settled();
      await world.log.call('1', 'six');
      for (const live of lives) {
        for (const [index, text] of ['one', 'two', 'three', 'four', 'five', 'six'].entries()) {
          expect(await live.next()).toEqual(heard(index + 1, text));
        }
      }
    });

    test('leaves everybody on their own when it has failed, and loses nothing by it', async () => {
      const world = await start({ mode });
      const [one, two] = [await world.person(), await world.person()];
      const lives = [await world.listen(one), await world.listen(two)];
      await world.settled();
      const error = new GraphQLError('Not you', { extensions: { code: 'FORBIDDEN' } });
      world.traffic.failure = { for: 'service', error };
      await world.log.call('1', 'one');
      await world.settled(2);
      await world.log.call('1', 'two');
      for (const live of lives) {
        expect(await live.next()).toEqual(heard(1, 'one'));
        expect(await live.next()).toEqual(heard(2, 'two'));
      }
      expect(world.openedBy.filter((viewer) => viewer === 'gateway')).toHaveLength(1);
      world.traffic.failure = { for: 'user', error };
      await world.log.call('1', 'three');
      for (const live of lives) {
        expect((await live.failure())[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', cursor: cursor(2) });
      }
    });
  },
);

describe('a subscription is nobody’s but the viewer’s', () => {
  const own = async (world: HallsWorld, lives: Live[]) => {
    await until(() => world.upstreams === lives.length);
    expect(world.openedBy).not.toContain('gateway');
    await world.log.call('1', 'Hello');
    for (const live of lives) expect(textOf(await live.next())).toBe('Hello');
  };

  test.each([
    ['a field that says something else to each', 'callHeard(hallId: $hallId) { call { text isHeardBy } }'],
    ['such a field of another subgraph', 'callHeard(hallId: $hallId) { call { text caller { name secret } } }'],
    ['such a field in a fragment', 'callHeard(hallId: $hallId) { ...Heard }'],
  ])('when it selects %s', async (_what, selection) => {
    const world = await start();
    const fragment = selection.includes('...') ? 'fragment Heard on CallHeardEvent { call { text isHeardBy } }' : '';
    const query = `subscription ($hallId: ID!) { ${selection} } ${fragment}`;
    const lives = [];
    for (const person of [await world.person(), await world.person()]) {
      lives.push(await world.listen(person, { hallId: '1' }, query));
    }
    await own(world, lives);
  });

  test('when nobody has signed in', async () => {
    const world = await start();
    const live = new Live(world.connect(), CALL_HEARD, { hallId: SQUARE });
    await live.next();
    await world.log.call(SQUARE, 'Hello');
    await live.next();
    expect(world.openedBy).toEqual(['anonymous']);
  });

  test('when the gateway has no key of its own', async () => {
    const world = await start({ hasKey: false });
    await own(world, await Promise.all([world.listen(await world.person()), world.listen(await world.person())]));
  });
});
