import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isRealPostgres, type TestDatabase, testDatabase } from '@tutorgraph/kit/testing/database';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILD_WITHIN_MS, buildProject } from './journey/built-project.js';

const PEOPLE = 2_000;
const WITHIN_MS = 400_000;
const script = fileURLToPath(new URL('sending-process.mjs', import.meta.url));

describe.runIf(isRealPostgres())('an announcement to many (runs when DATABASE_URL is set)', () => {
  const children: ChildProcess[] = [];
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    await buildProject();
    database = await testDatabase({ migrate: async () => {}, cacheKey: [] });
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  }, BUILD_WITHIN_MS + 60_000);

  afterAll(async () => {
    await Promise.all(children.map((child) => kill(child)));
    await client?.end();
    await database?.close();
  });

  async function start(): Promise<ChildProcess> {
    const child = fork(script, [database.url], { execArgv: ['--enable-source-maps'] });
    children.push(child);
    expect(await told(child)).toBe('ready');
    return child;
  }

  async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await client.query<Row>(text, values)).rows;
  }

  /** Makes it two minutes later for what ran when its process was killed, and looks after it as every process does. */
  async function letTimePass(): Promise<void> {
    await client.query(
      `update messaging_jobs.job set started_on = started_on - interval '2 minutes' where state = 'active'`,
    );
    await client.query(`update messaging_jobs.queue set monitor_on = monitor_on - interval '2 minutes'`);
    const boss = new PgBoss({
      connectionString: database.url,
      schema: 'messaging_jobs',
      supervise: false,
      schedule: false,
    });
    await boss.start();
    await boss.supervise();
    await boss.stop({ graceful: false });
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  it(
    'reaches everybody exactly once, although its process is killed in the middle of a batch',
    async () => {
      const first = await start();
      await client.query(
        `insert into accounts.users (id, email, email_verified_at, first_name, last_name, role, locale, time_zone, created_at, updated_at)
         select gen_random_uuid(), 'student-' || n || '@test.tutorgraph.example', now(), 'Anna', 'A.', 'STUDENT', 'en', 'UTC', now(), now()
         from generate_series(1, $1::int) n`,
        [PEOPLE],
      );
      first.send('send');
      const id = await told(first);
      const progress = async () =>
        (
          await rows<{ status: string; done: number }>(
            'select status, done from messaging.announcements where id = $1',
            [id],
          )
        )[0];
      await until(async () => ((await progress())?.done ?? 0) > 0);
      // From here on a batch has written its notifications when it comes to a stop.
      await client.query('begin');
      await client.query('lock table messaging.deliveries in exclusive mode');
      await until(async () => {
        const waiting = await rows(
          `select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())
             and relation = 'messaging.deliveries'::regclass`,
        );
        return waiting.length > 0;
      });
      await kill(first);
      await client.query('rollback');
      const then = await progress();
      expect(then?.status).toBe('SENDING');
      expect(then?.done).toBeGreaterThan(0);
      expect(then?.done).toBeLessThan(PEOPLE);

      await letTimePass();
      await start();
      await until(async () => (await progress())?.status === 'SENT');
      expect(await progress()).toEqual({ status: 'SENT', done: PEOPLE });
      const counts = await rows(
        `select count(*)::int as notifications, count(distinct n.user_id)::int as people,
           (select count(*)::int from messaging.deliveries d join messaging.notifications of on of.id = d.notification_id
             where of.source_id = $1) as deliveries
         from messaging.notifications n join accounts.users u on u.id = n.user_id where n.source_id = $1`,
        [id],
      );
      expect(counts).toEqual([{ notifications: PEOPLE, people: PEOPLE, deliveries: PEOPLE }]);
    },
    WITHIN_MS,
  );
});

async function told(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The process ended with ${code}`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
