import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findUnpreparedLessons } from '../src/meetings/meeting.repository.js';
import { Market, type TestTutor } from './market.js';
import { bookingRow, type Planted, plant, work } from './scheduled-bookings.js';

let market: Market;
let student: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  market = await Market.open();
  [student, tutor] = [await market.student(), await market.tutor()];
});
afterAll(() => market.close());

const room = { meeting_provider: 'JITSI', meeting_id: 'room', meeting_url: 'https://meet.example/room' };
const lesson = (planted: Planted) => plant(market, student, tutor, planted);
const unprepared = async (limit = 1_000) => {
  const { em } = (market.graph.rooms.get('marketplace') ?? expect.fail('no room')).orm;
  return findUnpreparedLessons(em.fork(), new Date(), limit);
};

describe('the sweep of rooms', () => {
  it('finds lessons of the next day whose room is not there or at another time, the nearest first', async () => {
    const moved = await lesson({ inHours: 20, columns: { ...room, meeting_sequence: 0, sequence: 1 } });
    const begun = await lesson({ inHours: -0.5, status: 'IN_PROGRESS' });
    const near = await lesson({ inHours: 3 });
    // Nobody needs a room of these, or has one.
    await lesson({ inHours: 25 });
    await lesson({ inHours: -3, status: 'IN_PROGRESS' });
    await lesson({ inHours: 5, columns: { ...room, meeting_sequence: 0 } });
    await lesson({ inHours: 7, columns: { meeting_claimed_until: new Date(Date.now() + 60_000) } });
    for (const [hour, status] of ['PENDING_PAYMENT', 'HELD', 'CANCELLED', 'EXPIRED', 'COMPLETED'].entries()) {
      await lesson({ inHours: 9 + hour, status });
    }
    expect(await unprepared()).toEqual([begun, near, moved]);
    expect(await unprepared(2)).toEqual([begun, near]);
  });

  it('has rooms made that nobody was told of, however often it runs', async () => {
    const id = await lesson({ inHours: 22 });
    await work(market, 'sweep-meetings');
    await work(market, 'sweep-meetings');
    // A room that is being made is not unprepared either.
    const made = { meeting_provider: 'JITSI', meeting_sequence: 0 };
    await vi.waitFor(async () => {
      expect(await bookingRow(market, id)).toMatchObject(made);
      expect(await unprepared()).toEqual([]);
    }, 10_000);
    const told = `select 1 from marketplace.outbox where event ->> 'subject' = ? and event ->> 'type' like '%meeting-changed%'`;
    expect(await market.sql(told, [id])).toHaveLength(1);
  });
});
