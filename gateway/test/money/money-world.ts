import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Distributed, startDistributed } from '@tutorgraph/kit/distributed/distributed';
import { type TestDatabase, testDatabase } from '@tutorgraph/kit/testing/database';
import { type TestRedis, testRedis } from '@tutorgraph/kit/testing/redis-database';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import pg from 'pg';
import Stripe from 'stripe';
import { vi } from 'vitest';
import { teachDaily } from '../journey/booking-journey.js';
import { buildProject, projectFolder } from '../journey/built-project.js';
import { createSubject, signUp, signUpTutor } from '../journey/journey.js';
import type { Person } from '../journey/person.js';

/** People who have nothing to do with those of another group. */
export interface Group {
  students: readonly Person[];
  tutors: readonly { person: Person; tutorId: string }[];
}

interface Parts {
  running: Distributed;
  database: TestDatabase;
  redis: TestRedis;
  dataDir: string;
  admin: Person;
  subjectId: string;
  lines: readonly string[];
}

const WITHIN = { timeout: 60_000, interval: 50 };
/** Rows that say that money is still on its way. */
const UNSETTLED = `
  select 'operation ' || kind || ' ' || coalesce(last_error, '') as what from payments.stripe_operations where status = 'PENDING'
  union all select 'settlement of ' || id from payments.payments where settle_at <= now() and frozen_at is null
  union all select 'unpublished ' || (event ->> 'type') from payments.outbox where position is null
  union all select 'unpublished ' || (event ->> 'type') from marketplace.outbox where position is null
  union all select 'payments consumer ' || i.consumer from payments.inbox i
    where i.stream = 'marketplace' and i.position < (select coalesce(max(position), 0) from marketplace.outbox)
  union all select 'marketplace consumer ' || i.consumer from marketplace.inbox i
    where i.stream = 'payments' and i.position < (select coalesce(max(position), 0) from payments.outbox)`;

/** All that money passes through, as processes of their own on a real database, and a Stripe that can be made to misbehave. */
export class MoneyWorld {
  readonly admin: Person;
  readonly subjectId: string;
  /** What the processes said. */
  readonly lines: readonly string[];
  private readonly pool: pg.Pool;
  /** One after another. */
  private crashing: Promise<void> = Promise.resolve();

  private constructor(private readonly parts: Parts) {
    const { admin, subjectId, lines, database } = parts;
    this.admin = admin;
    this.subjectId = subjectId;
    this.lines = lines;
    this.pool = new pg.Pool({ connectionString: database.url, max: 3 });
  }

  static async start(redisUrl: string): Promise<MoneyWorld> {
    await buildProject();
    const dataDir = await mkdtemp(join(tmpdir(), 'tutorgraph-money-'));
    const database = await testDatabase({ migrate: async () => {}, cacheKey: [] });
    const redis = await testRedis(redisUrl);
    const lines: string[] = [];
    const running = await startDistributed({
      folder: projectFolder,
      databaseUrl: database.url,
      redisUrl: redis.url,
      secretKey: 'a secret that only tests know, long enough',
      settings: { LOG_LEVEL: 'warn', DATA_DIR: dataDir, SHARE_HOLD_HOURS: '0', ASSISTANT_KNOWLEDGE: 'none' },
      onLine: (label, line) => lines.push(`${label} ${line}`),
      onDeath: (label, reason) => lines.push(`${label} ended by itself: ${reason}`),
    });
    const makeAdmin = (email: string) =>
      runSql(database.url, "update accounts.users set role = 'ADMIN' where email = $1", [email]);
    const admin = await signUp(running.gateways, { role: 'STUDENT', firstName: 'Ada' }, makeAdmin);
    const subjectId = await createSubject(admin);
    return new MoneyWorld({ running, database, redis, dataDir, admin, subjectId, lines });
  }

  async close(): Promise<void> {
    await this.pool.end();
    const { running, redis, database, dataDir } = this.parts;
    await running.stop();
    await redis.close();
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  }

  /** Two students and two tutors who teach every day. */
  async group(): Promise<Group> {
    const { gateways } = this.parts.running;
    const tutors = await Promise.all(
      ['Boris', 'Clara'].map(async (firstName) => {
        const tutor = await signUpTutor(gateways, this.subjectId, firstName);
        await teachDaily(tutor.person);
        return tutor;
      }),
    );
    const students = await Promise.all(
      ['Stella', 'Simon'].map((firstName) => signUp(gateways, { role: 'STUDENT', firstName })),
    );
    return { students, tutors };
  }

  /** The emulator as its own clients see it: a browser that pays by an intent, or an auditor. */
  get stripe(): Stripe {
    const { hostname, port } = new URL(this.stripeOrigin);
    return new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
  }

  private get stripeOrigin(): string {
    const stripe = this.parts.running.processes.find(({ name }) => name === 'stripe');
    if (!stripe) throw new Error('There is no Stripe');
    return stripe.origin;
  }

  /** Tells the emulator what to do wrong, or, without anything, to do all well. */
  async misbehave(faults: object = {}): Promise<void> {
    const response = await fetch(`${this.stripeOrigin}/_emulator/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: 'Bearer sk_test_emulator' },
      body: JSON.stringify({ requests: [], webhooks: {}, ...faults }),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  /** Ends the payments room as a crash would, and starts it again. */
  async crash(): Promise<void> {
    const again = this.crashing.then(async () => {
      await this.parts.running.kill('payments', 0);
      await this.parts.running.restart('payments', 0);
    });
    this.crashing = again;
    await again;
  }

  async rows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    // Each caller names the columns that it selects.
    return (await this.pool.query(text, [...values])).rows as Row[];
  }

  /** Resolves when nothing is on its way any more: twice in a row, since one thing may set off another. */
  async settled(): Promise<void> {
    for (let calm = 0; calm < 2; calm++) {
      await vi.waitFor(async () => {
        const left = await this.rows<{ what: string }>(UNSETTLED);
        if (left.length > 0) throw new Error(`Not settled: ${left.map(({ what }) => what).join(', ')}`);
      }, WITHIN);
    }
  }
}
