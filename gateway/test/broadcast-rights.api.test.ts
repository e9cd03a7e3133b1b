import { afterEach, describe, expect, test, vi } from 'vitest';
import { HALLS } from './halls/hall-log.js';
import { CALL_HEARD, type HallListener, type HallsOptions, HallsWorld } from './halls/halls-world.js';
import { Live, until } from './world/client.js';
import { TestRights } from './world/live-rights.js';
import { signToken } from './world/tokens.js';

const worlds: HallsWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  vi.useRealTimers();
});

async function start(options: HallsOptions = {}): Promise<HallsWorld> {
  const world = await HallsWorld.start(options);
  worlds.push(world);
  return world;
}

const cursor = (position: number) => Buffer.from(`${HALLS}:${position}`).toString('base64url');

async function text(live: Live): Promise<unknown> {
  const data = (await live.next()) as { callHeard: { call: { text: string } | null } };
  return data.callHeard.call?.text;
}

async function code(live: Live): Promise<unknown> {
  return (await live.failure())[0]?.extensions['code'];
}

/** Two who hear a broadcast. */
async function two(world: HallsWorld): Promise<{ people: HallListener[]; lives: Live[] }> {
  const people = [await world.person(), await world.person()];
  const lives = [];
  for (const person of people) lives.push(await world.listen(person));
  await world.settled();
  return { people, lives };
}

describe('whoever hears a broadcast', () => {
  test('is asked for their right again when their rights are changed, and nobody else is', async () => {
    const world = await start();
    const { people, lives } = await two(world);
    const [changed, other] = people;
    const before = world.openedBy.length;
    await world.rights.set({ userPermissions: [TestRights.grant(changed?.userId ?? '')] });
    await until(() => world.openedBy.length > before);
    expect(world.openedBy.slice(before)).toEqual([changed?.userId]);
    await world.log.call('1', 'still');
    for (const live of lives) expect(await text(live)).toBe('still');
    // Nobody was told of it but the subgraph, which is asked at each event now.
    world.log.listeners.get('1')?.delete(changed?.userId ?? '');
    await world.log.call('1', 'not for both');
    expect(await code(lives[0] as Live)).toBe('FORBIDDEN');
    expect(await text(lives[1] as Live)).toBe('not for both');
    expect(world.openedBy.slice(before)).not.toContain(other?.userId);
  });

  test('is asked for it again under each renewed token, and misses nothing meanwhile', async () => {
    const world = await start();
    const { people } = await two(world);
    const person = people[0] as HallListener;
    const raw = world.raw(person.authorization);
    await raw.subscribe('a', CALL_HEARD, { hallId: '1' });
    await world.settled();
    const before = world.openedBy.length;
    raw.send({ type: 'ping', payload: { authorization: await signToken({ ...person, seconds: 800 }) } });
    await world.log.call('1', 'one', 'two');
    await until(() => world.openedBy.length > before);
    await world.log.call('1', 'three');
    for (const said of ['one', 'two', 'three']) expect(await raw.text()).toBe(said);
    await world.settled();
    world.log.listeners.get('1')?.delete(person.userId);
    raw.send({ type: 'ping', payload: { authorization: await signToken({ ...person, seconds: 810 }) } });
    expect(await raw.ending()).toMatchObject({
      id: 'a',
      type: 'error',
      payload: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  test('hears nothing once their session has ended', async () => {
    const world = await start();
    const { people, lives } = await two(world);
    const ended = lives[0]?.next().catch(() => 'closed');
    await world.rights.end(people[0]?.sessionId ?? '');
    await world.log.call('1', 'not for both');
    expect(await ended).toBe('closed');
    expect(await text(lives[1] as Live)).toBe('not for both');
  });

  test('may hear again from where they were, when the right that ended was given back', async () => {
    const world = await start();
    const { people, lives } = await two(world);
    const [person] = people as [HallListener];
    await world.log.call('1', 'one');
    await world.log.remove('1', person.userId, 'two');
    expect(await text(lives[0] as Live)).toBe('one');
    const [error] = (await lives[0]?.failure()) ?? [];
    expect(error?.extensions).toMatchObject({ code: 'FORBIDDEN', cursor: cursor(1) });
    world.log.admit('1', person.userId);
    const again = await world.listen(person, { hallId: '1', after: cursor(1) });
    expect(await text(again)).toBe(undefined);
    expect(await text(again)).toBe('two');
    await world.settled();
    await world.log.call('1', 'three');
    expect(await text(again)).toBe('three');
  });

  test('is told of the position that others were removed at, when their own stream ends', async () => {
    const world = await start();
    const { people, lives } = await two(world);
    await world.log.call('1', 'one');
    await world.log.remove('1', people[1]?.userId ?? '');
    await world.log.remove('1', people[0]?.userId ?? '', 'two');
    expect(await text(lives[0] as Live)).toBe('one');
    const [error] = (await lives[0]?.failure()) ?? [];
    expect(error?.extensions).toMatchObject({ code: 'FORBIDDEN', cursor: cursor(2) });
  });

  test('shares it with those who are answered in the same language', async () => {
    const world = await start();
    const query = 'subscription ($hallId: ID!) { callHeard(hallId: $hallId) { call { said } } }';
    const heard = [];
    for (const language of ['en', 'ru', 'en', 'ru']) {
      const person = await world.person();
      const authorization = await signToken({ ...person, language });
      heard.push(await world.listen({ ...person, authorization }, { hallId: '1' }, query));
    }
    await world.settled(2);
    await world.log.call('1', 'Hello');
    const said = [];
    for (const live of heard) said.push(await live.next());
    expect(said).toEqual(
      ['en', 'ru', 'en', 'ru'].map((language) => ({ callHeard: { call: { said: `Hello (${language})` } } })),
    );
  });
});

describe('the gateway’s own token', () => {
  const openings = (world: HallsWorld) => world.openedBy.filter((viewer) => viewer === 'gateway').length;

  test('names what it reads and nothing else', async () => {
    const world = await start();
    await two(world);
    const own = world.traffic.opened.find(({ viewer }) => viewer === 'gateway');
    const [, payload = ''] = own?.metadata.authorization?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      sub: 'gateway',
      aud: 'halls',
      scope: 'callHeard Call.text Call.caller',
    });
  });

  test('is renewed before it ends', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const world = await start();
    const { lives } = await two(world);
    // In steps, so that clients have the time to answer pings.
    for (let step = 0; step < 8; step += 1) {
      vi.advanceTimersByTime(5_000);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await until(() => openings(world) === 2);
    await world.settled();
    await world.log.call('1', 'Hello');
    for (const live of lives) expect(await text(live)).toBe('Hello');
    vi.useRealTimers();
  });

  test.each(['in-process', 'remote'] as const)(
    'that has ended meanwhile is replaced, and nothing is lost, %s',
    async (mode) => {
      const world = await start({ mode });
      const { lives } = await two(world);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 70_000 });
      await world.log.call('1', 'one', 'two');
      for (const live of lives) expect([await text(live), await text(live)]).toEqual(['one', 'two']);
      expect(openings(world)).toBe(2);
    },
  );
});

describe('the connection of one who hears a broadcast', () => {
  test('speaks the protocol: operations end at once, and their names may be used again', async () => {
    const world = await start();
    const person = await world.person();
    const raw = world.raw(person.authorization);
    await raw.subscribe('first "one"', CALL_HEARD, { hallId: '1' });
    await raw.subscribe('b', CALL_HEARD, { hallId: '1' });
    await world.settled();
    await world.log.call('1', 'Привет');
    const said = [await raw.message(), await raw.message()];
    expect(said.map(({ id, type }) => [id, type])).toEqual([
      ['first "one"', 'next'],
      ['b', 'next'],
    ]);
    expect(said[0]?.payload).toEqual(said[1]?.payload);
    expect(JSON.stringify(said[0])).toContain('Привет');
    raw.send({ id: 'first "one"', type: 'complete' });
    await raw.subscribe('query', '{ halls }', {});
    expect(await raw.message()).toEqual({ id: 'query', type: 'complete' });
    await raw.subscribe('first "one"', CALL_HEARD, { hallId: '1', after: cursor(0) });
    expect(await raw.text()).toBe('Привет');
    raw.send({ id: 'b', type: 'subscribe', payload: { query: CALL_HEARD, variables: { hallId: '1' } } });
    expect(await raw.closed).toMatchObject({ code: 4409 });
    await until(() => world.upstreams === 0);
  });

  test('takes all that it began with it, also an operation whose name was used again too early', async () => {
    const world = await start();
    const raw = world.raw((await world.person()).authorization);
    await raw.subscribe('a', CALL_HEARD, { hallId: '1' });
    raw.send({ id: 'a', type: 'complete' });
    raw.send({ id: 'a', type: 'subscribe', payload: { query: CALL_HEARD, variables: { hallId: '1' } } });
    // graphql-ws drops the second one at times, with the first; what it has begun must end.
    raw.send({ id: 'query', type: 'subscribe', payload: { query: '{ halls }' } });
    for (let message = await raw.message(); message.id !== 'query'; ) message = await raw.message();
    await until(() => world.upstreams === world.traffic.open);
    raw.socket.close();
    await until(() => world.upstreams === 0 && world.traffic.open === 0);
  });

  test('that reads too slowly costs no more than its buffer, and learns where to go on', async () => {
    const world = await start({ buffer: 5 });
    const { lives } = await two(world);
    const raw = world.raw((await world.person()).authorization);
    await raw.subscribe('slow', CALL_HEARD, { hallId: '1' });
    await world.settled();
    raw.socket.pause();
    const long = 'x'.repeat(200_000);
    const reading = (async () => {
      const texts = [];
      while (texts.length < 60) texts.push(await text(lives[0] as Live), await text(lives[1] as Live));
      return texts;
    })();
    for (let call = 0; call < 30; call += 1) {
      await world.log.call('1', `${call} ${long}`);
      await until(() => world.traffic.fetches.length > call);
    }
    expect((await reading).filter((said) => said !== undefined)).toHaveLength(60);
    raw.socket.resume();
    let last: unknown;
    for (;;) {
      const message = await raw.message();
      if (message.type === 'next') {
        last = message.payload?.data?.callHeard.cursor;
      } else {
        expect(message.payload).toMatchObject([{ extensions: { code: 'SUBSCRIPTION_LAGGED', cursor: last } }]);
        break;
      }
    }
  });

  test('is given no answer before those that began earlier, however long they take', async () => {
    const world = await start();
    const { lives } = await two(world);
    const { promise, resolve } = Promise.withResolvers<void>();
    world.traffic.hold = promise;
    await world.log.call('1', 'one');
    await until(() => world.traffic.fetches.length === 1);
    world.traffic.hold = undefined;
    await world.log.call('1', 'two');
    await until(() => world.traffic.fetches.length === 2);
    const joined = new Live(world.connect((await world.person()).authorization), CALL_HEARD, {
      hallId: '1',
      after: cursor(0),
    });
    resolve();
    expect(await text(joined)).toBe(undefined);
    for (const live of [...lives, joined]) expect([await text(live), await text(live)]).toEqual(['one', 'two']);
  });
});
