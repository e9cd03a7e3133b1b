import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runningEmbeddedPostgres } from '@tutorgraph/kit/database/embedded';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BUILD_WITHIN_MS, buildProject } from './journey/built-project.js';
import {
  applyToOrder,
  chooseApplication,
  createSubject,
  postOrder,
  readOrder,
  readTutor,
  signIn,
  signUp,
  signUpTutor,
  watchApplications,
  watchOwnApplications,
} from './journey/journey.js';
import { takenEvents } from './journey/local-stripe.js';
import type { Person } from './journey/person.js';
import { SingleProcess } from './journey/single-process.js';

const WITHIN_MS = 90_000;

describe('the whole graph in one process', () => {
  let madeBefore: string;
  let folder: string;
  let dataDir: string;
  const processes: SingleProcess[] = [];

  // The first start on an empty folder takes twice the work of any other: once is enough.
  beforeAll(async () => {
    await buildProject();
    madeBefore = await mkdtemp(join(tmpdir(), 'tutorgraph-single-'));
    const first = new SingleProcess(madeBefore, { DATA_DIR: join(madeBefore, 'data') });
    await first.ready();
    expect(await first.end('SIGTERM'), first.problems).toEqual({ code: 0, signal: null });
  }, BUILD_WITHIN_MS);
  afterAll(() => rm(madeBefore, { recursive: true, force: true }));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tutorgraph-single-'));
    dataDir = join(folder, 'data');
    await cp(join(madeBefore, 'data'), dataDir, { recursive: true });
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((running) => running.end('SIGKILL')));
    await rm(folder, { recursive: true, force: true });
  });

  function start(settings: Record<string, string> = {}): SingleProcess {
    const running = new SingleProcess(folder, { DATA_DIR: dataDir, ...settings });
    processes.push(running);
    return running;
  }

  /** An administrator of a graph that runs on `dataDir`. */
  function signUpAdmin(endpoints: readonly string[]): Promise<Person> {
    return signUp(endpoints, { role: 'STUDENT', firstName: 'Ada' }, async (email) => {
      const database = await runningEmbeddedPostgres(dataDir);
      await runSql(database ?? '', "update accounts.users set role = 'ADMIN' where email = $1", [email]);
    });
  }

  test(
    'takes a student from registering to a booking, live, and lets no other process take its data folder',
    async () => {
      const running = start();
      const endpoints = [await running.ready()];
      const taken = takenEvents(running.stripeUrl);
      const subjectId = await createSubject(await signUpAdmin(endpoints));
      const student = await signUp(endpoints, { role: 'STUDENT', firstName: 'Stella' });
      const boris = await signUpTutor(endpoints, subjectId, 'Boris');
      const clara = await signUpTutor(endpoints, subjectId, 'Clara');
      const orderId = await postOrder(student, subjectId);
      const received = await watchApplications(student, orderId);
      const ofBoris = await watchOwnApplications(boris.person);

      const sent = [
        await applyToOrder(boris.person, orderId, 'Boris would like to help'),
        await applyToOrder(clara.person, orderId, 'Clara would like to help'),
      ];
      await received.until((seen) => seen.length === 2);
      expect(received.seen.map(({ id }) => id)).toEqual(sent);
      expect(received.seen[1]).toMatchObject({
        tutor: { id: clara.tutorId, displayName: 'Clara J.' },
        order: { student: { email: student.email } },
      });
      expect(await readTutor(student, clara.tutorId)).toMatchObject({
        displayName: 'Clara J.',
        offerings: [{ hourlyRate: { amountMinor: 3_500, currency: 'EUR' } }],
      });
      expect(await chooseApplication(student, sent[1] ?? '')).toMatchObject({
        order: { status: 'MATCHED' },
        booking: { status: 'UNSCHEDULED' },
      });
      await ofBoris.until((seen) => seen.some(({ id, status }) => id === sent[0] && status === 'NOT_CHOSEN'));
      expect(received.losses + ofBoris.losses).toBe(0);
      expect(await taken).toContain('charge.succeeded');

      await Promise.all([received.end(), ofBoris.end()]);
      await refused(start(), /^The data folder \S+ is in use by process \d+; stop that process, or set DATA_DIR/);
      expect(await running.end('SIGINT')).toEqual({ code: 0, signal: null });
    },
    WITHIN_MS,
  );

  test(
    'loses nothing that was answered when it is killed, and keeps sessions and subscriptions',
    async () => {
      const first = start();
      const endpoints = [await first.ready()];
      const subjectId = await createSubject(await signUpAdmin(endpoints));
      const student = await signUp(endpoints, { role: 'STUDENT', firstName: 'Stella' });
      const tutor = await signUpTutor(endpoints, subjectId, 'Boris');
      const orderId = await postOrder(student, subjectId, 'Posted a moment before the end');
      const received = await watchApplications(student, orderId);

      const application = await applyToOrder(tutor.person, orderId, 'Sent a moment before the end');
      expect(await first.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });

      const startedAt = performance.now();
      endpoints[0] = await start().ready();
      process.stdout.write(`  the second start was ready in ${Math.round(performance.now() - startedAt)} ms\n`);
      expect(await readOrder(student, orderId)).toMatchObject({
        title: 'Posted a moment before the end',
        applicationCount: 1,
        student: { email: student.email },
      });
      await received.until((seen) => seen.length === 1);
      expect(await chooseApplication(student, application)).toMatchObject({ order: { status: 'MATCHED' } });
      expect((await signIn(student)).authorization).not.toBe(student.authorization);
      await received.end();
      expect(received.seen.map(({ id }) => id)).toEqual([application]);
    },
    WITHIN_MS,
  );

  test(
    'says in one line that its port is in use',
    async () => {
      const server = createServer();
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      await refused(start({ PORT: String(port) }), new RegExp(`^Port ${port} is in use by another process; stop it`));
      server.close();
    },
    WITHIN_MS,
  );

  test(
    'says in one line which settings are wrong',
    async () => {
      const settings = { PORT: 'many', NODE_ENV: 'holiday', DATABASE_URL: 'mysql://db' };
      const problems = await refused(start(settings), /^Settings are wrong; correct them/);
      expect(problems).toMatch(/PORT.*NODE_ENV|NODE_ENV.*PORT/);
    },
    WITHIN_MS,
  );

  test(
    'refuses production without what keeps it safe',
    async () => {
      await refused(start({ NODE_ENV: 'production' }), /^Set SECRET_KEY in production/);
      await refused(start({ NODE_ENV: 'production', ALLOWED_ORIGINS: '*' }), /ALLOWED_ORIGINS/);
      const withSecret = {
        NODE_ENV: 'production',
        SECRET_KEY: 'a'.repeat(32),
        FILES_URL: 'https://api.example.com/files',
      };
      const problems = await refused(start(withSecret), /^Set SMTP_URL and MAIL_FROM in production/);
      expect(problems, 'every room says at once what it lacks').toContain('STRIPE_SECRET_KEY');
      const complete = {
        ...withSecret,
        ...{ SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'Tutorgraph <hello@mail.example>' },
        ...{ STRIPE_SECRET_KEY: 'sk_live_nobody', STRIPE_WEBHOOK_SECRET: 'whsec_nobody' },
      };
      await refused(start(complete), /^The \S+ \S+ were sealed with another SECRET_KEY; start with the one/);
    },
    WITHIN_MS,
  );

  /** @returns the one line that it printed before it ended with 1 */
  async function refused(running: SingleProcess, line: RegExp): Promise<string> {
    expect(await running.exited).toEqual({ code: 1, signal: null });
    expect(running.problems.trim().split('\n')).toHaveLength(1);
    expect(running.problems).toMatch(line);
    return running.problems;
  }
});
