import { randomBytes, randomUUID } from 'node:crypto';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { benchDatabase, openPool } from '@tutorgraph/kit/bench/database';
import { p95Within, shareOfPeer } from '@tutorgraph/kit/bench/goal';
import { repeat } from '@tutorgraph/kit/bench/load';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { addMarket, type MarketOfTutors } from './slots-market.ts';

const DAYS = 30;
const CONNECTIONS = 8;
const DAY_MS = 86_400_000;
const SLOTS = `query ($tutorId: ID!, $from: Date!, $to: Date!) {
  availableSlots(tutorId: $tutorId, from: $from, to: $to, durationMinutes: 60, timeZone: "America/New_York") {
    days { date slots { startsAt endsAt localStart } } unreadableCalendars { isYours } } }`;
const BARE = [
  'select * from marketplace.tutors where id = $1',
  `select s.*, (select json_agg(r) from marketplace.schedule_rules r where r.tutor_id = s.tutor_id),
     (select json_agg(o) from marketplace.schedule_overrides o where o.tutor_id = s.tutor_id),
     (select json_agg(d) from marketplace.days_off d where d.tutor_id = s.tutor_id)
   from marketplace.schedules s where s.tutor_id = $1`,
  `select starts_at, ends_at, status from marketplace.bookings
    where tutor_id = $1 and starts_at between now() - interval '8 days' and now() + interval '38 days'`,
];

/** When a busy tutor is free, for a month: the question that everybody asks before booking. */
export async function bench(compare: Compare): Promise<void> {
  const graph = await startTestGraph(['accounts', 'marketplace'], benchDatabase);
  const market = await addMarket((statement, values) => runSql(graph.databaseUrl, statement, values));
  const slots = await slotsOf(graph, market);
  if (slots < 100) throw new Error(`The tutor has ${slots} slots only: this measures nothing`);
  const pool = openPool(graph.databaseUrl, CONNECTIONS);
  const bare = repeat(async () => {
    for (const statement of BARE) await pool.query(statement, [market.tutorId]);
  });
  const comparison = {
    load: repeat(() => slotsOf(graph, market)),
    peer: { name: 'its bare SQL', load: bare },
  };
  await compare({
    name: `${DAYS} days of one tutor: ${slots} slots among 200 lessons`,
    ...comparison,
    goal: p95Within(20),
    ms: 4_000,
  });
  await compare({
    name: 'the same, for several people at once',
    ...comparison,
    goal: shareOfPeer(0.1),
    concurrency: CONNECTIONS,
    ms: 4_000,
  });
  await pool.end();
  await graph.close();
}

/** Each call from a network of its own: limits are not what is measured. @returns how many there are */
async function slotsOf(graph: TestGraph, { tutorId }: MarketOfTutors): Promise<number> {
  const date = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  const result = await graph.rooms
    .get('marketplace')
    ?.subgraph.execute(
      { query: SLOTS, variables: { tutorId, from: date(1), to: date(DAYS) } },
      { requestId: randomUUID(), clientAddress: randomBytes(4).join('.') },
    );
  const { days } = (result?.data?.['availableSlots'] ?? {}) as { days?: { slots: unknown[] }[] };
  if (days) return days.reduce((sum, day) => sum + day.slots.length, 0);
  throw new Error(`Refused: ${JSON.stringify(result)}`);
}
