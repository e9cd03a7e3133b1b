import { fileURLToPath } from 'node:url';
import type { MikroORM } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { createOrm, migrate } from '@tutorgraph/kit/database/orm';
import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { type TestDatabase, testDatabase } from '@tutorgraph/kit/testing/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Application } from '../src/applications/application.entity.js';
import { database as tables } from '../src/database.js';
import { demo } from '../src/demo/demo.js';
import { Order } from '../src/orders/order.entity.js';
import { Subject } from '../src/subjects/subject.entity.js';
import { Tutor } from '../src/tutors/tutor.entity.js';

const now = new Date('2026-11-21T09:00:00Z');
let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await testDatabase({
    cacheKey: [fileURLToPath(tables.migrations)],
    migrate: async (url) => {
      const migrating = await createOrm(tables, { url, poolSize: 1 });
      await migrate(migrating, 'marketplace').finally(() => migrating.close());
    },
  });
  orm = await createOrm(tables, { url: database.url });
});

afterAll(async () => {
  await orm.close();
  await database.close();
});

async function load(seed: number, amounts = { tutors: 64, orders: 30 }): Promise<number[]> {
  const shares: number[] = [];
  await demo.load(orm.em.fork(), { seed, ...amounts, now, onProgress: (share) => shares.push(share) });
  return shares;
}

const counted = [
  'subjects',
  'tutors',
  'schedules',
  'verifications',
  'student_rates',
  'offerings',
  'orders',
  'applications',
  'bookings',
  'reviews',
  'saved_tutors',
  'saved_searches',
] as const;

async function counts() {
  const columns = counted.map((table) => `(select count(*)::int from marketplace.${table}) as ${table}`);
  const [row] = await orm.em.fork().execute<Record<(typeof counted)[number], number>[]>(`select ${columns.join(', ')}`);
  if (!row) throw new Error('PostgreSQL answered with no row');
  return row;
}

describe('the market of the demo', () => {
  test('passes every constraint of the database and is enough for a first start', async () => {
    expect(await demo.isEmpty(orm.em.fork())).toBe(true);
    expect((await load(7)).at(-1)).toBe(1);
    expect(await demo.isEmpty(orm.em.fork())).toBe(false);
    const { subjects, tutors, schedules, verifications, student_rates, offerings, orders, ...rest } = await counts();
    const { applications, bookings, reviews } = rest;
    expect(subjects).toBeGreaterThanOrEqual(12);
    expect(tutors).toBe(65);
    expect(schedules).toBe(65);
    expect(verifications).toBeGreaterThan(30);
    expect(student_rates).toBeGreaterThan(100);
    const [badges] = await orm.em.fork().execute(
      `select count(*)::int as wrong from marketplace.tutors t where t.verified_until is distinct from
         (select max(valid_until) from marketplace.verifications v where v.tutor_id = t.id and v.status = 'VERIFIED')`,
    );
    expect(badges).toEqual({ wrong: 0 });
    expect(offerings).toBeGreaterThan(tutors);
    expect(orders).toBeGreaterThanOrEqual(34);
    expect(applications).toBeGreaterThan(orders);
    expect(bookings).toBeGreaterThan(100);
    expect(reviews).toBeGreaterThan(100);
    expect([rest.saved_tutors, rest.saved_searches]).toEqual([6, 1]);
    const taught = await orm.em
      .fork()
      .execute('select count(distinct subject_id)::int as subjects from marketplace.offerings');
    expect(taught).toEqual([{ subjects: 16 }]);
  });

  test('is replaced by another seed, and what others did with other people stays', async () => {
    const em = orm.em.fork();
    const [someone, profile, order] = [newId(), newId(), newId()];
    const subjectId = (await em.findOneOrFail(Subject, { slug: 'guitar' })).id;
    const moments = { createdAt: now, updatedAt: now };
    await em.execute(
      `insert into marketplace.tutors (id, user_id, display_name, headline, currency, languages, formats, experience_years, created_at, updated_at)
       values (?, ?, 'Real P.', 'A real person', 'EUR', '{en}', '{ONLINE}', 1, ?, ?)`,
      [profile, someone, now, now],
    );
    const wish = { subjectId, level: 'ADULT', title: 'A real order', format: 'ONLINE', status: 'OPEN' } as const;
    await em.insert(Order, { id: order, studentId: someone, ...wish, ...moments });
    const demoTutorId = (await em.findOneOrFail(Tutor, { userId: demoId(7, 'user:tutor', 0) })).id;
    const answer = { message: 'Hello', rateMinor: 100, currency: 'EUR', status: 'PENDING' } as const;
    await em.insert(Application, { id: newId(), orderId: order, tutorId: demoTutorId, ...answer, createdAt: now });
    await em.insert(Application, { id: newId(), orderId: order, tutorId: profile, ...answer, createdAt: now });

    const left = {
      subjects: 1,
      tutors: 1,
      schedules: 0,
      verifications: 0,
      student_rates: 0,
      offerings: 0,
      orders: 1,
      applications: 1,
      bookings: 0,
      reviews: 0,
      saved_tutors: 0,
      saved_searches: 0,
    };
    await demo.clear(em);
    expect(await counts()).toEqual(left);
    await load(8, { tutors: 20, orders: 5 });
    expect(await orm.em.fork().count(Subject)).toBe(16);
    await demo.clear(orm.em.fork());
    expect(await counts()).toEqual(left);
  });
});
