import { setTimeout as delay } from 'node:timers/promises';
import { testEnvironment } from '@tutorgraph/kit/testing/environment';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUILD_WITHIN_MS } from './journey/built-project.js';
import { type Action, Story } from './money/money-actions.js';
import { stateOf, violations } from './money/money-state.js';
import { MoneyWorld } from './money/money-world.js';

const { DATABASE_URL, REDIS_URL } = testEnvironment();
/** How many stories, and of how many actions; raise them and change the seed to look for more. */
const STORIES = { seed: 20261121, numRuns: 1 };
const LENGTH = { minLength: 18, maxLength: 20 };
const WITHIN_MS = 600_000;

const place = fc.nat(7);
const one = fc.nat(1);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('LESSON' as const),
      student: one,
      tutor: one,
      by: fc.constantFrom('CHECKOUT' as const, 'INTENT' as const),
      card: fc.constantFrom('GOOD' as const, 'GOOD' as const, 'DECLINED_FIRST' as const, 'DISPUTED' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('CANCEL' as const),
      lesson: place,
      by: fc.constantFrom('STUDENT' as const, 'TUTOR' as const),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('COMPLETE' as const), lesson: place }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('REFUND' as const),
      lesson: place,
      percent: fc.constantFrom(13, 50, 100, 120),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('PACKAGE' as const), student: one, tutor: one }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('PACKAGE_LESSON' as const), bundle: one }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ONBOARD' as const), tutor: one }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('WITHDRAW' as const),
      tutor: one,
      percent: fc.constantFrom(40, 100, 130),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('GOODWILL' as const), tutor: one }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('DISPUTE_ENDS' as const), lesson: place, won: fc.boolean() }),
  },
);
// Each begins with somebody who can be paid, so that money goes all the way.
const stories = fc
  .array(action, LENGTH)
  .map((actions): Action[] => [{ kind: 'ONBOARD', tutor: 0 }, { kind: 'PACKAGE', student: 0, tutor: 0 }, ...actions]);

describe.skipIf(!(DATABASE_URL && REDIS_URL))('money (runs when DATABASE_URL and REDIS_URL are set)', () => {
  let world: MoneyWorld;
  // Each in a world of its own: so many people of one network may not sign up in one.
  beforeEach(async () => {
    world = await MoneyWorld.start(REDIS_URL ?? '');
  }, BUILD_WITHIN_MS);
  afterEach(() => world?.close());

  it.each(fc.sample(stories, STORIES).map((actions, index) => ({ actions, index })))(
    'ends where it would have without any trouble: story $index',
    { timeout: WITHIN_MS },
    async ({ actions, index }) => {
      const calm = await tell(new Story(world, await world.group()), actions);
      expect(await violations(world)).toEqual([]);

      const random = seeded(index + 1);
      const troubled = new Story(world, await world.group(), (work) => trouble(world, random, work));
      const { outcomes } = await tell(troubled, actions);
      await world.misbehave();
      await world.crash();
      await world.settled();
      expect(outcomes).toEqual(calm.outcomes);
      expect(await stateOf(world, troubled)).toEqual(calm.state);
      expect(await violations(world)).toEqual([]);
    },
  );

  async function tell(story: Story, actions: readonly Action[]) {
    const outcomes: string[] = [];
    for (const next of actions) outcomes.push(`${next.kind} ${await story.act(next)}`);
    return { outcomes, state: await stateOf(world, story) };
  }
});

/** Webhooks come twice, late, in another order or never, Stripe hangs up before or after it has acted, and the room is killed at any moment. */
async function trouble(world: MoneyWorld, random: () => number, work: Promise<unknown>): Promise<void> {
  await world.misbehave({
    webhooks: { duplicate: 0.3, drop: 0.2, reorder: 0.3, delayMs: [0, 300], seed: Math.floor(random() * 1e6) },
    requests: ['FAIL_AFTER_COMMIT', 'HANG_UP', 'FAIL_BEFORE'].flatMap((kind) =>
      random() < 0.3 ? [{ method: 'POST', path: '/v1/*', kind, times: 1 }] : [],
    ),
  });
  while (random() < 0.4) {
    await delay(random() * 400);
    await world.crash();
  }
  await work;
}

function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) | 0;
    return ((state ^ (state >>> 12)) >>> 0) / 2 ** 32;
  };
}
