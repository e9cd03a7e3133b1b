import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Distributed, startDistributed } from '@tutorgraph/kit/distributed/distributed';
import { type TestDatabase, testDatabase } from '@tutorgraph/kit/testing/database';
import { testEnvironment } from '@tutorgraph/kit/testing/environment';
import { type TestRedis, testRedis } from '@tutorgraph/kit/testing/redis-database';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILD_WITHIN_MS, buildProject, projectFolder } from './journey/built-project.js';
import {
  applyToOrder,
  chooseApplication,
  createSubject,
  postOrder,
  readOrder,
  signUp,
  signUpTutor,
  watchApplicationIds,
  watchApplications,
  watchOwnApplications,
} from './journey/journey.js';
import { takenEvents } from './journey/local-stripe.js';
import type { Person } from './journey/person.js';

const { DATABASE_URL, REDIS_URL } = testEnvironment();
const NAMES = ['Boris', 'Clara', 'Dmitri', 'Elena', 'Felix', 'Greta'];

describe.skipIf(!(DATABASE_URL && REDIS_URL))(
  'the distributed form (runs when DATABASE_URL and REDIS_URL are set)',
  () => {
    let database: TestDatabase;
    let redis: TestRedis;
    let running: Distributed;
    let dataDir: string;
    const endpoints: string[] = [];
    const lines: string[] = [];

    beforeAll(async () => {
      await buildProject();
      dataDir = await mkdtemp(join(tmpdir(), 'tutorgraph-distributed-'));
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
      endpoints.push(...running.gateways);
    }, BUILD_WITHIN_MS);

    afterAll(async () => {
      await running?.stop();
      await redis?.close();
      await database?.close();
      await rm(dataDir, { recursive: true, force: true });
    });

    test('takes the events of the Stripe that runs beside it, and has them delivered again while payments is gone', async () => {
      const stripe = running.processes.find(({ name }) => name === 'stripe');
      await running.kill('payments', 0);
      const taken = takenEvents(stripe?.origin ?? '');
      await running.restart('payments', 0);
      expect(await taken).toContain('charge.succeeded');
    }, 60_000);

    test('shows a student every application once and in order while a room and a gateway are killed', async () => {
      const admin = await signUp(endpoints, { role: 'STUDENT', firstName: 'Ada' }, (email) =>
        runSql(database.url, "update accounts.users set role = 'ADMIN' where email = $1", [email]),
      );
      const subjectId = await createSubject(admin);
      const student = await signUp(endpoints, { role: 'STUDENT', firstName: 'Stella' });
      const tutors: Person[] = [];
      for (const name of NAMES) tutors.push((await signUpTutor(endpoints, subjectId, name)).person);
      const orderId = await postOrder(student, subjectId);
      const sent: string[] = [];
      const apply = async (index: number): Promise<void> => {
        const tutor = tutors[index];
        if (!tutor) throw new Error(`There is no tutor ${index}`);
        sent.push(await applyToOrder(tutor, orderId, `${NAMES[index]} would like to help`));
      };

      // Two upstreams begun one after the other are on two replicas: whichever is killed, one of them is cut.
      const whole = await watchApplications(student, orderId);
      const ids = await watchApplicationIds(student, orderId);
      await apply(0);
      await apply(1);
      await whole.until((seen) => seen.length === 2);

      await running.kill('marketplace', 0);
      await apply(2);
      await apply(3);
      await whole.until((seen) => seen.length === 4);
      await ids.until((seen) => seen.length === 4);
      expect([whole.losses, ids.losses]).toEqual([0, 0]);

      const [lost] = endpoints.splice(0, 1);
      expect(lost).toBe(running.gateways[0]);
      await Promise.all([running.kill('gateway', 0), apply(4)]);
      await apply(5);
      await whole.until((seen) => seen.length >= NAMES.length);
      await ids.until((seen) => seen.length >= NAMES.length);
      expect([whole.losses, ids.losses]).toEqual([1, 1]);

      const [loser] = tutors;
      if (!loser) throw new Error('There are no tutors');
      const ofLoser = await watchOwnApplications(loser);
      const chosen = sent[3] ?? '';
      expect(await chooseApplication(student, chosen)).toMatchObject({
        application: { id: chosen, status: 'CHOSEN' },
        order: { id: orderId, status: 'MATCHED' },
        booking: { status: 'UNSCHEDULED', price: { amountMinor: 3_500, currency: 'EUR' } },
      });
      await ofLoser.until((seen) => seen.some(({ id, status }) => id === sent[0] && status === 'NOT_CHOSEN'));
      expect(await readOrder(student, orderId)).toMatchObject({ status: 'MATCHED', chosenApplication: { id: chosen } });

      await Promise.all([whole.end(), ids.end(), ofLoser.end()]);
      expect(whole.seen.map(({ id }) => id)).toEqual(sent);
      expect(ids.seen.map(({ id }) => id)).toEqual(sent);
      expect(whole.seen[0]).toMatchObject({
        message: 'Boris would like to help',
        tutor: { displayName: 'Boris J.', headline: 'Boris teaches English' },
        order: { id: orderId, student: { email: student.email, displayName: 'Stella J.' } },
      });
      expect(lines.filter((line) => line.includes('ended by itself'))).toEqual([]);
    }, 120_000);
  },
);
