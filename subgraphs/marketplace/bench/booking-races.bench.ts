import { randomBytes, randomUUID } from 'node:crypto';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { benchDatabase } from '@tutorgraph/kit/bench/database';
import { p99Within } from '@tutorgraph/kit/bench/goal';
import type { Load } from '@tutorgraph/kit/bench/load';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { bareBooking } from './bare-booking.ts';
import { addOpenTutor, type OpenTutor } from './open-tutor.ts';

const AT_ONCE = 200;
const HOUR_MS = 3_600_000;
const WINDOW_HOURS = 360 * 24;
const BOOK = `mutation ($input: CreateBookingInput!) {
  createBooking(input: $input) { booking { id } userErrors { code alternatives { startsAt } } } }`;

/** What one of two hundred is told. @returns did they get the slot? */
type Attempt = (startsAt: Date, index: number) => Promise<boolean>;

/** Two hundred students who book one slot at the same moment, in one process: one gets it, the others learn what is left. */
export async function bench(compare: Compare): Promise<void> {
  const rooms = ['accounts', 'marketplace'];
  const graph = await startTestGraph(rooms, benchDatabase, undefined, openGenerousRateLimiter);
  const tutor = await addOpenTutor((statement, values) => runSql(graph.databaseUrl, statement, values));
  const students = await Promise.all(Array.from({ length: AT_ONCE }, () => graph.person('STUDENT')));
  const bare = await bareBooking(graph.databaseUrl, tutor);
  await compare({
    name: `createBooking: ${AT_ONCE} at once for one slot`,
    load: rushes((startsAt, index) => book(graph, tutor, students[index], startsAt), { firstHour: 24 }),
    peer: {
      name: 'its bare SQL: a look, both calendars, an insert',
      load: rushes(bare.book, { firstHour: WINDOW_HOURS * 2 }),
    },
    // What the market promises to every loser.
    goal: p99Within(1_000),
    concurrency: AT_ONCE,
    ms: 8_000,
  });
  await bare.close();
  await graph.close();
}

/** Rush after rush, each for another hour; a call is timed from the moment at which all of its rush set out. */
function rushes(attempt: Attempt, { firstHour }: { firstHour: number }): Load {
  let hour = Math.ceil(Date.now() / HOUR_MS) + firstHour;
  return {
    async round({ ms, concurrency }) {
      const times: number[] = [];
      const startedAt = performance.now();
      do {
        const startsAt = new Date(hour++ * HOUR_MS);
        const begin = performance.now();
        const outcomes = await Promise.all(
          Array.from({ length: concurrency }, async (_, index) => {
            const won = await attempt(startsAt, index);
            times.push(performance.now() - begin);
            return won;
          }),
        );
        const winners = outcomes.filter(Boolean).length;
        if (winners !== 1) throw new Error(`${winners} of ${concurrency} got one slot`);
      } while (performance.now() - startedAt < ms);
      return { times, elapsedMs: performance.now() - startedAt };
    },
  };
}

/** Each call from a network of its own. @throws Error unless it is a booking or a lost slot with other times */
async function book(
  graph: TestGraph,
  { tutorId, subjectId }: OpenTutor,
  student: TestPerson | undefined,
  startsAt: Date,
): Promise<boolean> {
  const slot = { tutorId, subjectId, startsAt: startsAt.toISOString(), durationMinutes: 60 };
  const result = await graph.rooms
    .get('marketplace')
    ?.subgraph.execute(
      { query: BOOK, variables: { input: { slot } } },
      { authorization: student?.authorization, requestId: randomUUID(), clientAddress: randomBytes(4).join('.') },
    );
  const { booking, userErrors } = (result?.data?.['createBooking'] ?? { userErrors: [] }) as {
    booking?: object | null;
    userErrors: { code: string; alternatives: object[] }[];
  };
  const [error] = userErrors;
  if (booking || (error?.code === 'SLOT_TAKEN' && error.alternatives.length === 5)) return Boolean(booking);
  throw new Error(`Refused: ${JSON.stringify(result)}`);
}
