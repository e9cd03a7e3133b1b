import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGraph, type TestGraph } from '../testing/graph.js';
import { loadRoomSources } from '../testing/load-room.js';
import { loadDemo } from './demo.js';
import type { RoomDefinition } from './room.js';

const amounts = { seed: 7, tutors: 40, orders: 12, now: new Date('2026-11-21T09:00:00Z') };
const names = ['accounts', 'marketplace', 'payments', 'messaging'];
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

test('demo data of all rooms is about the same people, is not loaded twice, and is replaced when asked', async () => {
  const shares = new Map<string, number>();
  const onProgress = (room: string, share: number) => shares.set(room, share);
  expect(await loadDemo(rooms, graph.databaseUrl, { ...amounts, clear: false, onProgress })).toBe(true);
  expect(Object.fromEntries(shares)).toEqual({ accounts: 1, marketplace: 1, payments: 1, messaging: 1 });

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

  expect(await loadDemo(rooms, graph.databaseUrl, { ...amounts, clear: false })).toBe(false);
  expect(await count('marketplace.orders')).toBe(orders);

  expect(await loadDemo(rooms, graph.databaseUrl, { ...amounts, seed: 8, clear: true })).toBe(true);
  expect(await count('marketplace.tutors')).toBe(41);
  expect(await count(`marketplace.tutors as t join ${owner} and ${sameName}`)).toBe(41);
  const nowPaid = await count('marketplace.bookings where paid_at is not null');
  expect(await count('payments.payments')).toBe(nowPaid);
  expect(await count("payments.journals where kind = 'PAYMENT'")).toBe(nowPaid);
});
