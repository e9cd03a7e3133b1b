import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import type { EventLog } from '../../src/events/bus.js';
import { encodeCursor } from '../../src/events/cursor.js';
import { LiveStream } from '../../src/events/live-stream.js';
import { MemoryEventBus } from '../../src/events/memory-bus.js';
import { ArrayLog } from './array-log.js';
import { ROOM } from './event-room.js';

interface Course {
  ringSize: number;
  bufferLimit: number;
  before: string[];
  during: string[];
  /** How many messages are taken before each reconnection. */
  stays: number[];
  resumeAt: number;
}

const course: fc.Arbitrary<Course> = fc
  .record({
    ringSize: fc.integer({ min: 1, max: 6 }),
    bufferLimit: fc.integer({ min: 1, max: 8 }),
    before: fc.array(fc.constantFrom('a', 'b'), { maxLength: 12 }),
    during: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 30 }),
    stays: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 8 }),
  })
  .chain((plan) => fc.nat({ max: plan.before.length }).map((resumeAt) => ({ ...plan, resumeAt })));

/** Takes what there is for key `a`, leaving and coming back, until `last` is delivered. */
async function receive(live: LiveStream, plan: Course, last: number, think: () => Promise<void>): Promise<number[]> {
  const received: number[] = [];
  let after = encodeCursor(ROOM, plan.resumeAt);
  for (let turn = 0; (received.at(-1) ?? 0) < last; turn++) {
    let left = plan.stays[turn % plan.stays.length] ?? 1;
    const { bufferLimit } = plan;
    try {
      for await (const { cursor, position, event } of live.subscribe({ after, keys: ['a'], bufferLimit })) {
        after = cursor;
        if (event) received.push(position);
        await think();
        if (position >= last || left-- === 0) break;
      }
    } catch (error) {
      // Lagging is no loss either: the error says where to go on.
      if (!(error instanceof GraphQLError) || error.extensions.code !== 'SUBSCRIPTION_LAGGED') throw error;
      expect(error.extensions.cursor).toBe(after);
    }
  }
  return received;
}

test('the hand-over from the log to the live end neither loses nor repeats, in whatever order things happen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), course, async (scheduler, plan) => {
      const log = new ArrayLog();
      const slowLog: EventLog = {
        top: () => log.top(),
        oldest: () => log.oldest(),
        read: scheduler.scheduleFunction(async (after: number, limit: number) => log.read(after, limit)),
      };
      const bus = new MemoryEventBus();
      for (const subject of plan.before) log.add(subject);
      bus.attach(ROOM, slowLog);
      const live = new LiveStream({ stream: ROOM, bus, ringSize: plan.ringSize });
      await bus.top(ROOM);
      const publish = (subject: string) => async () => {
        const event = log.add(subject);
        await bus.publish(ROOM, [event], event.position - 1);
      };
      // The last one is for the subscriber, so that it knows when it has all.
      const during = [...plan.during, 'a'];
      scheduler.scheduleSequence(during.map((subject) => ({ builder: publish(subject), label: subject })));
      const all = [...plan.before, ...during];
      const wanted = all.flatMap((subject, index) => (subject === 'a' && index >= plan.resumeAt ? [index + 1] : []));
      const received = await scheduler.waitFor(
        receive(
          live,
          plan,
          all.length,
          scheduler.scheduleFunction(async () => {}),
        ),
      );
      live.close();
      expect(received).toEqual(wanted);
    }),
    { numRuns: 500 },
  );
});
