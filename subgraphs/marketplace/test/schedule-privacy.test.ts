import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketplacePrivacy } from '../src/privacy/marketplace-privacy.js';
import { Market, type TestTutor } from './market.js';
import { dateIn, SCHEDULE } from './schedules.js';

let market: Market;

beforeAll(async () => {
  market = await Market.open();
});

afterAll(() => market.close());

function em(): EntityManager {
  const room = market.graph.rooms.get('marketplace');
  if (!room) throw new Error('The marketplace does not run');
  return room.orm.em.fork();
}

async function tutorWithSchedule(): Promise<TestTutor> {
  const tutor = await market.tutor();
  await market.made('setSchedule', SCHEDULE, tutor, 'tutor');
  await market.made('setDateOverride', { date: dateIn(3), windows: [] }, tutor, 'tutor');
  await market.made('addDaysOff', { from: dateIn(5), to: dateIn(8) }, tutor, 'daysOff');
  return tutor;
}

const erase = ({ userId }: TestTutor) => transaction(em(), (tx) => marketplacePrivacy.erase(tx, userId));

/** Rows of a tutor's schedule, whatever they are. */
async function rowsOf({ tutorId }: TestTutor): Promise<number> {
  const tables = ['schedules', 'schedule_rules', 'schedule_overrides', 'days_off'];
  const counts = tables.map((table) => `(select count(*) from marketplace.${table} where tutor_id = '${tutorId}')`);
  const [row] = await market.sql<{ count: number }>(`select (${counts.join(' + ')})::int as count`);
  return row?.count ?? -1;
}

describe('when a tutor teaches', () => {
  it('is theirs to have', async () => {
    const tutor = await tutorWithSchedule();
    const { sections } = await marketplacePrivacy.collect(em(), tutor.userId);
    expect(sections['schedule']).toMatchObject({
      timeZone: 'Europe/Berlin',
      slotStepMinutes: 60,
      weeklyWindows: { length: 5, 0: { weekday: 1, startsAtMinute: 540, endsAtMinute: 1_020 } },
      overrides: [{ date: dateIn(3), windows: '{}' }],
      daysOff: [{ fromDate: dateIn(5), toDate: dateIn(8) }],
    });
    const nothing = await marketplacePrivacy.collect(em(), (await market.student()).userId);
    expect(nothing.sections['schedule']).toBeNull();
  });

  it('is forgotten with them, for recommendations too, and cannot come back by a late request', async () => {
    const [tutor, other] = [await tutorWithSchedule(), await tutorWithSchedule()];
    expect(await rowsOf(tutor)).toBe(8);
    await erase(tutor);
    expect(await rowsOf(tutor)).toBe(0);
    expect(await rowsOf(other)).toBe(8);
    expect((await market.mutate('setSchedule', SCHEDULE, tutor)).refused).toEqual(['PROFILE_REQUIRED']);
    const events = await market.sql(
      `select event from marketplace.outbox
        where event ->> 'subject' = ? and event ->> 'type' = 'tutorgraph.marketplace.schedule.changed.v1'`,
      [tutor.tutorId],
    );
    expect(events).toHaveLength(4);
  });

  // The embedded database takes transactions one after another: there a race cannot show.
  it.runIf(isRealPostgres())('leaves nothing when it is changed at the moment of forgetting', async () => {
    for (let round = 0; round < 10; round++) {
      const tutor = await tutorWithSchedule();
      await Promise.all([
        market.mutate('setSchedule', SCHEDULE, tutor),
        market.mutate('addDaysOff', { from: dateIn(20), to: dateIn(21) }, tutor),
        erase(tutor),
      ]);
      expect(await rowsOf(tutor)).toBe(0);
    }
  });
});
