import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inHours, Market, type TestTutor } from './market.js';
import { openReplica, type Replica } from './replica.js';

const AT_ONCE = 200;
const TIMES = 20;
const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

let market: Market;
let replicas: [Replica, Replica];
let subjectId: string;
let students: TestPerson[];

/** What one of many is answered. */
interface Answer {
  bookings: number;
  userErrors: { code: string; alternatives: object[]; conflicts: { reason: string; alternatives: object[] }[] }[];
  ms: number;
}

const ERRORS = 'userErrors { code alternatives { startsAt } conflicts { reason alternatives { startsAt } } }';

beforeAll(async () => {
  market = await Market.open();
  replicas = [await openReplica(market), await openReplica(market)];
  subjectId = await market.subject();
  students = await Promise.all(Array.from({ length: AT_ONCE }, () => market.student()));
}, 60_000);

afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await market.close();
});

const replica = (index: number) => replicas[index % 2 === 0 ? 0 : 1];
const studentAt = (index: number) => students[index] ?? students[0] ?? fail('no student');

function fail(what: string): never {
  throw new Error(`There is ${what}`);
}

async function ask(index: number, field: string, input: object, student: TestPerson): Promise<Answer> {
  const isSeries = field === 'createBookingSeries';
  const selection = `${isSeries ? 'bookings' : 'booking'} { id } ${ERRORS}`;
  const startedAt = performance.now();
  const answer = await replica(index).answer<{
    booking?: object | null;
    bookings?: object[] | null;
    userErrors: Answer['userErrors'];
  }>(field, selection, input, student);
  const bookings = answer.bookings?.length ?? (answer.booking ? 1 : 0);
  return { bookings, userErrors: answer.userErrors, ms: performance.now() - startedAt };
}

/** How many deadlocks PostgreSQL has broken up in this database. */
async function deadlocks(): Promise<number> {
  const [row] = await market.sql<{ count: number }>(
    'select deadlocks::int as count from pg_stat_database where datname = current_database()',
  );
  return row?.count ?? 0;
}

/** Prints how long the losers waited; how long that is depends on the machine, so it is no expectation. */
function report(what: string, rounds: readonly (readonly Answer[])[], broken: number): void {
  const times = rounds
    .flat()
    .filter(({ userErrors }) => userErrors.length > 0)
    .map(({ ms }) => ms)
    .sort((one, other) => one - other);
  const [median, longest] = [times[Math.floor(times.length / 2)] ?? 0, times.at(-1) ?? 0];
  process.stdout.write(
    `  ${what}: ${times.length} losers, median ${Math.round(median)} ms, longest ${Math.round(longest)} ms, ${broken} deadlocks\n`,
  );
}

/** Exactly one has it; everybody else was refused for a reason of time, with other times. */
function expectOneWinner(answers: readonly Answer[]): void {
  expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  for (const { userErrors } of answers.filter(({ bookings }) => bookings === 0)) {
    expect(userErrors).toMatchObject([{ code: 'SLOT_TAKEN', alternatives: { length: 5 } }]);
  }
}

/** Live bookings of a tutor. */
async function liveBookings({ tutorId }: TestTutor): Promise<number> {
  const [row] = await market.sql<{ count: number }>(
    `select count(*)::int as count from marketplace.bookings
      where tutor_id = ? and status in ('HELD', 'PENDING_PAYMENT', 'CONFIRMED')`,
    [tutorId],
  );
  return row?.count ?? 0;
}

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())(`of ${AT_ONCE} at once on two replicas, ${TIMES} times over,`, () => {
  it('one gets a slot', { timeout: 120_000 }, async () => {
    const tutor = await market.teacher(subjectId);
    const [before, rounds]: [number, Answer[][]] = [await deadlocks(), []];
    for (let round = 0; round < TIMES; round++) {
      const slot = market.slot(tutor, subjectId, inHours(48 + round));
      const field = round % 2 === 0 ? 'createBooking' : 'holdSlot';
      // Other students are the first each time, so that nobody comes to hold more than one may.
      const answers = await Promise.all(
        students.map((_, index) => ask(index, field, { slot }, studentAt((index + 10 * round) % AT_ONCE))),
      );
      expectOneWinner(answers);
      rounds.push(answers);
    }
    expect(await liveBookings(tutor)).toBe(TIMES);
    report('one slot', rounds, (await deadlocks()) - before);
  });

  it('one gets a slot that overlaps all others', { timeout: 120_000 }, async () => {
    const tutor = await market.teacher(subjectId);
    const [before, rounds]: [number, Answer[][]] = [await deadlocks(), []];
    for (let round = 0; round < TIMES; round++) {
      const first = inHours(200 + 6 * round).getTime();
      const answers = await Promise.all(
        students.map((student, index) => {
          const startsAt = new Date(first + (index % 12) * 5 * MINUTE_MS);
          const slot = market.slot(tutor, subjectId, startsAt, { durationMinutes: 60 + (index % 7) * 15 });
          return ask(index, 'createBooking', { slot }, student);
        }),
      );
      expectOneWinner(answers);
      rounds.push(answers);
    }
    expect(await liveBookings(tutor)).toBe(TIMES);
    report('overlapping slots', rounds, (await deadlocks()) - before);
  });

  it('one gets a series of each of two tutors, asked for in opposite orders', { timeout: 240_000 }, async () => {
    const tutors = [await market.teacher(subjectId), await market.teacher(subjectId)] as const;
    const [before, rounds]: [number, Answer[][]] = [await deadlocks(), []];
    for (let round = 0; round < TIMES; round++) {
      const answers = await Promise.all(
        students.map((_, index) => {
          // Each of a hundred students asks both tutors, every other one the second tutor first;
          const student = studentAt(index >> 1);
          const tutor = tutors[((index >> 1) + index) % 2 === 0 ? 0 : 1];
          // half of them for weeks of which some lie before those of the others.
          const startsAt = new Date(inHours(400 + 2 * round).getTime() + (index % 4 < 2 ? 0 : 2 * WEEK_MS));
          const slot = market.slot(tutor, subjectId, startsAt);
          return ask(index >> 1, 'createBookingSeries', { slot, count: 4, timeZone: 'UTC' }, student);
        }),
      );
      expect(answers.filter(({ bookings }) => bookings === 4)).toHaveLength(2);
      for (const { userErrors } of answers.filter(({ bookings }) => bookings === 0)) {
        expect(userErrors).toMatchObject([{ code: 'SERIES_CONFLICTS' }]);
        const conflicts = userErrors[0]?.conflicts ?? [];
        expect(conflicts.length).toBeGreaterThan(0);
        for (const conflict of conflicts) {
          expect(conflict).toMatchObject({ reason: 'SLOT_TAKEN', alternatives: { length: 5 } });
        }
      }
      rounds.push(answers);
      // Whoever is quick wins often, and may not keep more than so many times without paying.
      await market.sql(
        `update marketplace.bookings set status = 'CONFIRMED', expires_at = null, paid_at = now() where status = 'PENDING_PAYMENT'`,
      );
    }
    for (const tutor of tutors) expect(await liveBookings(tutor)).toBe(4 * TIMES);
    report('series', rounds, (await deadlocks()) - before);
  });
});

describe.runIf(isRealPostgres())('two replicas on one database', () => {
  it('give one of two tutors to a student who books both for one time', async () => {
    for (let round = 0; round < TIMES; round++) {
      const student = await market.student();
      const tutors = [await market.teacher(subjectId), await market.teacher(subjectId)];
      const answers = await Promise.all(
        tutors.map((tutor, index) =>
          ask(index, 'createBooking', { slot: market.slot(tutor, subjectId, inHours(72)) }, student),
        ),
      );
      expectOneWinner(answers);
    }
  });

  it('carry out once what comes twenty times at once with one key', async () => {
    const [student, tutor] = [await market.student(), await market.teacher(subjectId)];
    const input = { slot: market.slot(tutor, subjectId, inHours(72)), idempotencyKey: 'once' };
    const ids = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const answer = await replica(index).answer<{ booking: { id: string } | null }>(
          'createBooking',
          'booking { id }',
          input,
          student,
        );
        return answer.booking?.id;
      }),
    );
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toBeTruthy();
    expect(await liveBookings(tutor)).toBe(1);
  });

  it('leave nothing of what is killed half way, so that the same key can be tried again', {
    timeout: 30_000,
  }, async () => {
    const [student, tutor] = [await market.student(), await market.teacher(subjectId)];
    await market.booked(student, tutor, subjectId, { startsAt: inHours(24) });
    const input = {
      slot: market.slot(tutor, subjectId, inHours(72)),
      count: 5,
      timeZone: 'UTC',
      idempotencyKey: 'again',
    };
    const em = market.graph.rooms.get('marketplace')?.orm.em.fork() ?? fail('no room');
    // Stops the series in its midst: it holds the tutor's profile once the calendars are locked and the slots are free.
    const blocker = await em.getKysely().startTransaction().execute();
    await sql`select from marketplace.tutors where id = ${tutor.tutorId} for update`.execute(blocker);
    const killed = replica(0).refused('createBookingSeries', input, student);
    const isRefused = expect(killed).rejects.toThrow();
    const kill = sql`select pg_terminate_backend(pid) from pg_locks
      where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`;
    await expect.poll(async () => (await kill.execute(blocker)).rows, { timeout: 20_000 }).toHaveLength(1);
    await isRefused;
    await blocker.rollback().execute();
    expect(await liveBookings(tutor)).toBe(1);
    for (let time = 0; time < 2; time++) {
      expect(await replica(1).refused('createBookingSeries', input, student)).toEqual([]);
    }
    expect(await liveBookings(tutor)).toBe(6);
  });
});
