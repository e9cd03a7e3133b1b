import 'reflect-metadata';
import { EventEmitter, on } from 'node:events';
import { Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Subscription } from 'type-graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Public, Requires, ServiceOnly, SignedIn } from '../../src/graphql/access.js';
import type { RequestContext, RequestMetadata } from '../../src/graphql/context.js';
import { Limited, MUTATION_LIMITS } from '../../src/graphql/limited.js';
import { buildRoomSchema } from '../../src/graphql/subgraph.js';
import { createRateLimiter, type RateLimiter } from '../../src/rate-limits/rate-limiter.js';
import { type TestDatabase, testDatabase } from '../../src/testing/database.js';
import { testEnvironment } from '../../src/testing/environment.js';
import { ServiceTokens } from '../../src/viewer/service-token.js';
import { type Bench, setUpBench } from './bench.js';

const HOUR = 3_600;

/** A door with a bell. */
@Resolver()
class DoorResolver {
  rings = 0;
  readonly steps = new EventEmitter();

  @Public()
  @Query(() => Number, { nullable: true, description: 'How often it rang.' })
  rung(): number {
    return this.rings;
  }

  @SignedIn()
  @Limited({ viewer: { points: 1, seconds: HOUR } })
  @Query(() => String, { nullable: true, description: 'Looks through the keyhole.' })
  look(): string {
    return 'dark';
  }

  @Public()
  @Limited({ viewer: { points: 2, seconds: HOUR }, network: { points: 3, seconds: 2 * HOUR } })
  @Mutation(() => Number, { nullable: true, description: 'Rings.' })
  ring(): number {
    this.rings += 1;
    return this.rings;
  }

  @Requires('door.locks.pick')
  @Limited({ network: { points: 1, seconds: HOUR } })
  @Mutation(() => Number, { nullable: true, description: 'Picks the lock.' })
  pick(): number {
    return 0;
  }

  @ServiceOnly('doors')
  @Limited({ network: { points: 1, seconds: HOUR } })
  @Mutation(() => Number, { nullable: true, description: 'Opens for a service.' })
  open(): number {
    return 1;
  }

  @SignedIn()
  @Mutation(() => Number, { nullable: true, description: 'Knocks.' })
  knock(): number {
    this.rings += 1;
    return this.rings;
  }

  @SignedIn()
  @Limited({ viewer: { points: 1, seconds: HOUR } })
  @Subscription(() => String, {
    nullable: true,
    description: 'Steps behind the door.',
    subscribe: ({ context }: { context: RequestContext }) =>
      on(context.resolver(DoorResolver).steps, 'step', { signal: context.signal }),
  })
  heard(@Ctx() _context: RequestContext): string {
    return 'step';
  }
}

@ObjectType({ description: 'A handle.' })
class Handle {
  @Field(() => String, { description: 'Of what.' })
  declare metal: string;
}

@Resolver(() => Handle)
class HandleResolver {
  @Public()
  @Query(() => Handle, { nullable: true, description: 'The handle.' })
  handle(): Handle {
    return { metal: 'brass' };
  }

  @Limited({ viewer: { points: 1, seconds: HOUR } })
  @FieldResolver(() => Boolean, { description: 'Was it turned?' })
  turned(): boolean {
    return false;
  }
}

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ migrate: async () => {}, cacheKey: [] });
});
afterAll(() => database.close());

const opened: RateLimiter[] = [];
afterEach(async () => {
  for (const limiter of opened.splice(0)) await limiter.close();
});

async function openLimiter(options: { room: string; redisUrl?: string | undefined }): Promise<RateLimiter> {
  const limiter = await createRateLimiter({ databaseUrl: database.url, ...options });
  opened.push(limiter);
  return limiter;
}

let rooms = 0;

const redisUrl = testEnvironment().REDIS_URL;
const stores = [
  { store: 'PostgreSQL', options: {}, isThere: true },
  { store: 'Redis', options: { redisUrl }, isThere: redisUrl !== undefined },
];

describe.each(stores.filter(({ isThere }) => isThere))('the uses of a field, counted in $store', ({ options }) => {
  let bench: Bench;
  let door: DoorResolver;

  // Redis outlives the test run.
  const room = () => `door${rooms}_${process.pid}`;

  async function start(): Promise<void> {
    rooms += 1;
    const limiter = await openLimiter({ ...options, room: room() });
    door = new DoorResolver();
    bench = await setUpBench([door], { en: {} }, limiter);
  }

  async function ask(query: string, metadata: Partial<RequestMetadata> = {}): Promise<unknown> {
    const from: RequestMetadata = { requestId: 'request-1', clientAddress: '203.0.113.1', ...metadata };
    const { errors, data } = await bench.subgraph.execute({ query }, from);
    return errors?.[0]?.extensions ?? Object.values(data ?? {})[0];
  }

  const person = (userId?: string) => bench.issuer.signIn('STUDENT', { ...(userId && { userId }) });
  const limited = { code: 'RATE_LIMITED', retryAfter: expect.any(Number) };

  it('are so many of one person, whichever device and network it is', async () => {
    await start();
    const { userId, authorization } = await person();
    expect(await ask('mutation { ring }', { authorization })).toBe(1);
    const otherDevice = { authorization: (await person(userId)).authorization, clientAddress: '203.0.113.2' };
    expect(await ask('mutation { ring }', otherDevice)).toBe(2);
    expect(await ask('mutation { ring }', { authorization, clientAddress: '203.0.113.3' })).toMatchObject(limited);
    expect(await ask('mutation { ring }', { authorization: (await person()).authorization })).toBe(3);
    expect(door.rings).toBe(3);
  });

  it('are so many of one network, of which an IPv6 client has many addresses', async () => {
    await start();
    for (const last of [1, 2, 3])
      expect(await ask('mutation { ring }', { clientAddress: `2001:db8::${last}` })).toBe(last);
    expect(await ask('mutation { ring }', { clientAddress: '2001:db8::4' })).toMatchObject(limited);
    expect(await ask('mutation { ring }', { clientAddress: '2001:db8:0:1::4' })).toBe(4);
    expect(await ask('mutation { ring }')).toBe(5);
  });

  it('tell of two limits the longer time to wait', async () => {
    await start();
    const { authorization } = await person();
    await ask('mutation { ring }', { authorization });
    await ask('mutation { ring }', { authorization });
    await ask('mutation { ring }');
    const { retryAfter } = (await ask('mutation { ring }', { authorization })) as { retryAfter: number };
    expect(retryAfter).toBeGreaterThan(HOUR);
  });

  it('count each one that a document asks for under another name', async () => {
    await start();
    expect(await ask('mutation { a: ring b: ring c: ring d: ring }')).toMatchObject(limited);
    expect(door.rings).toBe(3);
  });

  it('count over all processes', async () => {
    await start();
    const first = bench;
    const other = await openLimiter({ ...options, room: room() });
    const replica = new DoorResolver();
    const second = await setUpBench([replica], { en: {} }, other);
    const from = { requestId: 'request-1', clientAddress: '203.0.113.1' };
    const asked = [first, second, first, second, first, second].map(({ subgraph }) =>
      subgraph.execute({ query: 'mutation { ring }' }, from),
    );
    await Promise.all(asked);
    expect(door.rings + replica.rings).toBe(3);
  });

  it('do not count what the viewer may not do', async () => {
    await start();
    const { authorization } = await person();
    expect(await ask('mutation { pick }')).toMatchObject({ code: 'UNAUTHENTICATED' });
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await ask('mutation { pick }', { authorization })).toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('do not count for our own services', async () => {
    await start();
    const token = await new ServiceTokens(bench.identity('other')).issue('bench', ['doors']);
    const authorization = `Bearer ${token}`;
    for (let attempt = 0; attempt < 3; attempt++) expect(await ask('mutation { open }', { authorization })).toBe(1);
  });

  it('are limited of queries only where it is said', async () => {
    await start();
    const { authorization } = await person();
    for (let attempt = 0; attempt < 3; attempt++) expect(await ask('{ rung }', { authorization })).toBe(0);
    expect(await ask('{ look }', { authorization })).toBe('dark');
    expect(await ask('{ look }', { authorization })).toMatchObject(limited);
  });

  it('are counted of a subscription when it is opened, not at each event', async () => {
    await start();
    const { authorization } = await person();
    const open = (signal: AbortSignal) =>
      bench.subgraph.subscribe(
        { query: 'subscription { heard }' },
        { requestId: 'request-1', clientAddress: '203.0.113.1', authorization },
        signal,
      );
    const ending = new AbortController();
    const heard = await open(ending.signal);
    if (!(Symbol.asyncIterator in heard)) throw new Error('refused');
    const events = heard[Symbol.asyncIterator]();
    for (let event = 0; event < 3; event++) {
      const next = events.next();
      await expect.poll(() => door.steps.listenerCount('step')).toBe(1);
      door.steps.emit('step');
      expect((await next).value).toMatchObject({ data: { heard: 'step' } });
    }
    const again = await open(ending.signal);
    expect(again).toMatchObject({ errors: [{ extensions: limited }] });
    ending.abort();
  });
});

describe('a mutation that names no limit', () => {
  it('has a generous one for a person', async () => {
    const limiter = await openLimiter({ room: 'generous' });
    const door = new DoorResolver();
    const bench = await setUpBench([door], { en: {} }, limiter);
    const { authorization } = await bench.issuer.signIn('STUDENT');
    const { points } = MUTATION_LIMITS.viewer;
    const knocks = Array.from({ length: points + 1 }, (_, index) => `k${index}: knock`).join(' ');
    const { errors } = await bench.subgraph.execute(
      { query: `mutation { ${knocks} }` },
      { requestId: 'request-1', authorization, clientAddress: '203.0.113.1' },
    );
    expect(errors).toMatchObject([{ path: [`k${points}`], extensions: { code: 'RATE_LIMITED' } }]);
    expect(door.rings).toBe(points);
  });
});

it('a field below the root cannot be limited', () => {
  expect(() => buildRoomSchema({ resolvers: [DoorResolver, HandleResolver], references: {} })).toThrow('Handle.turned');
});

it("a schema knows its fields' limits", () => {
  const { limits } = buildRoomSchema({ resolvers: [DoorResolver], references: {} });
  expect(limits.get('Mutation.knock')).toEqual(MUTATION_LIMITS);
  expect(limits.get('Mutation.pick')).toEqual({ ...MUTATION_LIMITS, network: { points: 1, seconds: HOUR } });
  expect(limits.get('Query.look')).toEqual({ viewer: { points: 1, seconds: HOUR } });
  expect(limits.has('Query.rung')).toBe(false);
});
