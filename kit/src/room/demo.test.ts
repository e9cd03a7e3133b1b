import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGraph, type TestGraph } from '../testing/graph.js';
import { loadRoomSources } from '../testing/load-room.js';
import { loadDemo } from './demo.js';
import type { RoomDefinition } from './room.js';

const amounts = { seed: 7, tutors: 40, orders: 12, now: new Date('2026-11-21T09:00:00Z') };
const names = ['accounts', 'marketplace', 'payments', 'messaging', 'learning', 'recommendations'];
let rooms: RoomDefinition[];
let graph: TestGraph;
let sql: pg.Client;

beforeAll(async () => {
  rooms = await loadRoomSources(names);
  graph = await startTestGraph(names);
  sql = new pg.Client({ connectionString: graph.databaseUrl });
  await sql.connect();
});

afterAll(async () => {
  await sql.end();
  await graph.close();
});

async function count(query: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(`select count(*)::int as count from ${query}`);
  return rows[0]?.count ?? -1;
}

/** How much there is of the market in the room that copies it, and in its own. */
async function copied(): Promise<number> {
  const { rows } = await sql.query<{ total: number }>(`select sum(count)::int as total from (
    select count(*) from recommendations.tutors where review_count + lesson_count > 0
    union all select count(*) from recommendations.offers union all select count(*) from recommendations.orders
    union all select count(*) from recommendations.applications union all select count(*) from recommendations.bookings
    union all select count(*) from recommendations.reviews) as each`);
  return rows[0]?.total ?? -1;
}

async function original(): Promise<number> {
  const { rows } = await sql.query<{ total: number }>(`select sum(count)::int as total from (
    select count(*) from marketplace.tutors as t where exists (
      select from marketplace.bookings where tutor_id = t.id and status = 'COMPLETED')
    union all select count(*) from marketplace.offerings union all select count(*) from marketplace.orders
    union all select count(*) from marketplace.applications union all select count(*) from marketplace.bookings
    union all select count(*) from marketplace.reviews where state = 'PUBLISHED') as each`);
  return rows[0]?.total ?? -1;
}

test('demo data of all rooms is about the same people, is not loaded twice, and is replaced when asked', async () => {
  const shares = new Map<string, number>();
  const onProgress = (room: string, share: number) => shares.set(room, share);
  expect(await loadDemo(rooms, graph.databaseUrl, { ...amounts, clear: false, onProgress })).toBe(true);
  expect(Object.fromEntries(shares)).toEqual(Object.fromEntries(names.map((name) => [name, 1])));

  const author = `accounts.users as u on u.id = o.student_id and u.role = 'STUDENT' and u.created_at < o.created_at`;
  const owner = `accounts.users as u on u.id = t.user_id and u.role = 'TUTOR' and u.created_at < t.created_at`;
  const sameName = `t.display_name = u.first_name || ' ' || left(u.last_name, 1) || '.'`;
  const [tutors, orders] = [await count('marketplace.tutors'), await count('marketplace.orders')];
  expect(tutors).toBe(41);
  expect(await count(`marketplace.tutors as t join ${owner} and ${sameName}`)).toBe(tutors);
  expect(await count(`marketplace.orders as o join ${author}`)).toBe(orders);

  const paid = await count('marketplace.bookings where paid_at is not null');
  const same = 'p.amount_minor = b.amount_minor and p.payer_id = b.student_id and p.tutor_id = b.tutor_id';
  expect(await count(`payments.payments as p join marketplace.bookings as b on b.id = p.booking_id and ${same}`)).toBe(
    paid,
  );
  expect(await count('payments.payments')).toBe(paid);

  const writer = `messaging.chat_members as m on m.room_id = c.room_id and m.user_id = c.author_id`;
  const written = await count('messaging.chat_messages');
  expect(written).toBeGreaterThan(50);
  expect(await count(`messaging.chat_messages as c join ${writer} join accounts.users as u on u.id = m.user_id`)).toBe(
    written,
  );

  expect(await count('learning.students')).toBe(40);
  const account = `accounts.users as u on u.id = s.user_id and u.role = 'STUDENT' and u.created_at < s.created_at`;
  expect(await count(`learning.students as s join ${account}`)).toBe(35);
  const done = `(select floor(100.0 * count(p.completed_at) / count(*)) from learning.lessons as l
    left join learning.lesson_progress as p on p.lesson_id = l.id and p.enrollment_id = e.id
    where l.version_id = e.version_id and not l.is_optional)`;
  expect(await count(`learning.enrollments as e where e.percent <> ${done}`)).toBe(0);

  const holder = `learning.enrollments as e on e.id = c.enrollment_id and e.status = 'COMPLETED'`;
  expect(await count(`learning.certificates as c join ${holder}`)).toBeGreaterThan(5);

  expect(await copied()).toBe(await original());
  const seen = `recommendations.impressions as i join marketplace.tutors as t on t.id = i.tutor_id and t.created_at < i.shown_at`;
  expect(await count('recommendations.impressions')).toBeGreaterThan(500);
  expect(await count(seen)).toBe(await count('recommendations.impressions'));

  expect(await loadDemo(rooms, graph.databaseUrl, { ...amounts, clear: false })).toBe(false);
  expect(await count('marketplace.orders')).toBe(orders);

  expect(await loadDemo(rooms, graph.databaseUrl, { ...amounts, seed: 8, clear: true })).toBe(true);
  expect(await count('marketplace.tutors')).toBe(41);
  expect(await count(`marketplace.tutors as t join ${owner} and ${sameName}`)).toBe(41);
  expect(await count('learning.students')).toBe(40);
  expect(await copied()).toBe(await original());
  const nowPaid = await count('marketplace.bookings where paid_at is not null');
  expect(await count('payments.payments')).toBe(nowPaid);
  expect(await count("payments.journals where kind = 'PAYMENT'")).toBe(nowPaid);
});
