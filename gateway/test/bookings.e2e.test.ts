import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runningEmbeddedPostgres } from '@tutorgraph/kit/database/embedded';
import { type Distributed, startDistributed } from '@tutorgraph/kit/distributed/distributed';
import { isRealPostgres, type TestDatabase, testDatabase } from '@tutorgraph/kit/testing/database';
import { testEnvironment } from '@tutorgraph/kit/testing/environment';
import { type TestRedis, testRedis } from '@tutorgraph/kit/testing/redis-database';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  book,
  cancel,
  freeSlots,
  hold,
  markPaid,
  move,
  readBooking,
  readFeed,
  teachDaily,
  watchBookings,
} from './journey/booking-journey.js';
import { BUILD_WITHIN_MS, buildProject, projectFolder } from './journey/built-project.js';
import { createSubject, signUp, signUpTutor } from './journey/journey.js';
import { Person } from './journey/person.js';
import { SingleProcess } from './journey/single-process.js';

const WITHIN_MS = 120_000;
const makeAdmin = (url: string) => (email: string) =>
  runSql(url, "update accounts.users set role = 'ADMIN' where email = $1", [email]);

// Embedded whatever other tests run on: with DATABASE_URL it would show the same a second time.
describe.skipIf(isRealPostgres())('booking a lesson in one process', () => {
  let folder: string;
  const processes: SingleProcess[] = [];

  beforeAll(buildProject, BUILD_WITHIN_MS);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tutorgraph-booking-'));
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((running) => running.end('SIGKILL')));
    await rm(folder, { recursive: true, force: true });
  });

  function start(): SingleProcess {
    const running = new SingleProcess(folder, { DATA_DIR: join(folder, 'data') });
    processes.push(running);
    return running;
  }

  test(
    'from a free slot to a lesson that was called off, with the process killed three times in between',
    async () => {
      let running = start();
      const endpoints = [await running.ready()];
      const killAndStart = async (): Promise<void> => {
        await running.end('SIGKILL');
        running = start();
        endpoints[0] = await running.ready();
      };
      const admin = await signUp(endpoints, { role: 'STUDENT', firstName: 'Ada' }, async (email) => {
        await makeAdmin((await runningEmbeddedPostgres(join(folder, 'data'))) ?? '')(email);
      });
      const subjectId = await createSubject(admin);
      const { person: tutor, tutorId } = await signUpTutor(endpoints, subjectId, 'Boris');
      await teachDaily(tutor);
      const student = await signUp(endpoints, { role: 'STUDENT', firstName: 'Stella' });
      const rival = await signUp(endpoints, { role: 'STUDENT', firstName: 'Rita' });

      const [slot, later] = await freeSlots(student, tutorId);
      if (!slot || !later) throw new Error('Nothing is free');
      expect(slot.localStart).toMatch(/:45:00\+05:45$/);
      const held = await hold(student, { tutorId, subjectId, startsAt: slot.startsAt });
      expect(held).toMatchObject({ booking: { status: 'HELD' }, userErrors: [] });
      await killAndStart();

      const lost = await book(rival, { slot: { tutorId, subjectId, startsAt: slot.startsAt } }, 'rival');
      expect(lost).toMatchObject({ booking: null, userErrors: [{ code: 'SLOT_TAKEN' }] });
      expect(lost.userErrors[0]?.alternatives).toContainEqual({ startsAt: later.startsAt });

      const [ofStudent, ofTutor] = [await watchBookings(student), await watchBookings(tutor)];
      const holdId = held.booking?.id ?? '';
      const booked = await book(student, { holdId }, 'first-try');
      expect(booked).toMatchObject({ booking: { id: holdId, status: 'PENDING_PAYMENT' }, userErrors: [] });
      await killAndStart();
      expect(await book(student, { holdId }, 'first-try'), 'tried again after the answer was lost').toEqual(booked);

      expect(await markPaid(admin, holdId)).toBe('CONFIRMED');
      const meeting = await vi.waitFor(
        async () => {
          const seen = await readBooking(student, holdId);
          if (!seen?.meeting) throw new Error('There is no room yet');
          return seen.meeting;
        },
        { timeout: 30_000 },
      );
      expect(meeting.url).toMatch(/^https:\/\/meet\.jit\.si\/\S{20,}/);
      expect(await readBooking(tutor, holdId)).toMatchObject({ meeting, student: { displayName: 'Stella J.' } });
      expect((await readBooking(admin, holdId))?.meeting).toBeNull();
      expect(await readBooking(rival, holdId)).toBeNull();

      await killAndStart();
      await move(student, holdId, later.startsAt);
      const moved = await readFeed(tutor);
      expect(moved).toContain(`UID:${holdId}@tutorgraph`);
      expect(moved).toMatch(/SEQUENCE:1\r\n/);
      await cancel(tutor, holdId);
      expect(await readFeed(student)).toContain('STATUS:CANCELLED');

      for (const watch of [ofStudent, ofTutor]) {
        await watch.until((seen) => seen.at(-1)?.status === 'CANCELLED');
        await watch.end();
        const statuses = watch.seen.map(({ status }) => status);
        // Each message shows the booking as it is when it arrives: what is seen may be ahead, and never goes back.
        expect(statuses).toEqual([...statuses].sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other)));
        expect(watch.seen.at(-1)).toMatchObject({
          id: holdId,
          startsAt: later.startsAt,
          student: { displayName: 'Stella J.' },
          tutor: { displayName: 'Boris J.' },
        });
      }
    },
    WITHIN_MS,
  );
});

const ORDER = ['HELD', 'PENDING_PAYMENT', 'CONFIRMED', 'CANCELLED'];
const { DATABASE_URL, REDIS_URL } = testEnvironment();
const AT_ONCE = 40;

describe.skipIf(!(DATABASE_URL && REDIS_URL))(
  'booking lessons in the distributed form (runs when DATABASE_URL and REDIS_URL are set)',
  () => {
    let database: TestDatabase;
    let redis: TestRedis;
    let running: Distributed;
    let dataDir: string;
    const lines: string[] = [];

    beforeAll(async () => {
      await buildProject();
      dataDir = await mkdtemp(join(tmpdir(), 'tutorgraph-bookings-'));
      database = await testDatabase({ migrate: async () => {}, cacheKey: [] });
      redis = await testRedis(REDIS_URL ?? '');
      running = await startDistributed({
        folder: projectFolder,
        databaseUrl: database.url,
        redisUrl: redis.url,
        secretKey: 'a secret that only tests know, long enough',
        replicas: { gateway: 2, marketplace: 2 },
        settings: { LOG_LEVEL: 'warn', DATA_DIR: dataDir, ASSISTANT_KNOWLEDGE: 'none' },
        onLine: (label, line) => lines.push(`${label} ${line}`),
        onDeath: (label, reason) => lines.push(`${label} ended by itself: ${reason}`),
      });
    }, BUILD_WITHIN_MS);

    afterAll(async () => {
      await running?.stop();
      await redis?.close();
      await database?.close();
      await rm(dataDir, { recursive: true, force: true });
    });

    test(
      'one of many gets a slot, and nothing that was answered is lost when a replica is killed',
      async () => {
        const endpoints = [...running.gateways];
        const admin = await signUp(endpoints, { role: 'STUDENT', firstName: 'Ada' }, makeAdmin(database.url));
        const subjectId = await createSubject(admin);
        const { person: tutor, tutorId } = await signUpTutor(endpoints, subjectId, 'Boris');
        await teachDaily(tutor);
        const student = await signUp(endpoints, { role: 'STUDENT', firstName: 'Stella' });
        const rival = await signUp(endpoints, { role: 'STUDENT', firstName: 'Rita' });
        const slots = await freeSlots(student, tutorId);
        expect(slots.length).toBeGreaterThan(12);
        const at = (index: number) => ({ tutorId, subjectId, startsAt: slots[index]?.startsAt ?? '' });

        const racers = Array.from({ length: AT_ONCE }, (_, index) => {
          const { email, authorization = '' } = index % 2 ? rival : student;
          const gateways = index % 4 < 2 ? endpoints : endpoints.toReversed();
          return new Person(gateways, email, authorization);
        });
        const answers = await Promise.all(racers.map((racer, index) => book(racer, { slot: at(0) }, `race-${index}`)));
        expect(answers.filter(({ booking }) => booking)).toHaveLength(1);
        const losers = answers.filter(({ booking }) => !booking);
        expect(new Set(losers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)))).toEqual(
          new Set(['SLOT_TAKEN']),
        );
        expect(losers.every(({ userErrors }) => userErrors[0]?.alternatives?.length === 5)).toBe(true);

        const watch = await watchBookings(tutor);
        const wanted = Array.from({ length: 10 }, (_, index) => index + 1);
        const burst = wanted.map((index) =>
          vi.waitFor(() => book(student, { slot: at(index) }, `burst-${index}`), { timeout: 30_000, interval: 100 }),
        );
        await running.kill('marketplace', 0);
        const ids = (await Promise.all(burst)).map(({ booking }) => booking?.id);
        expect(new Set(ids).size).toBe(wanted.length);
        expect(ids).not.toContain(undefined);
        await watch.until((seen) => ids.every((id) => seen.some((booking) => booking.id === id)));
        await watch.end();
        expect(watch.seen.map(({ id }) => id).sort()).toEqual([...ids].sort());
        expect(lines.filter((line) => line.includes('ended by itself'))).toEqual([]);
      },
      WITHIN_MS,
    );
  },
);
