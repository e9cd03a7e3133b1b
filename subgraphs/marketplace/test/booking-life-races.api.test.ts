import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Market, type TestTutor } from './market.js';
import { moneyFor, PaymentsStream } from './payments-stream.js';
import { openReplica, type Replica } from './replica.js';
import { advance, bookingRow, plant, statusOf, verbsOf } from './scheduled-bookings.js';

const ROUNDS = 25;
let market: Market;
let replica: Replica;
let payments: PaymentsStream;
let student: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  market = await Market.open();
  replica = await openReplica(market);
  payments = new PaymentsStream(market);
});

beforeEach(async () => {
  [student, tutor] = [await market.student(), await market.tutor()];
});

afterAll(async () => {
  await replica.close();
  await market.close();
});

/** Takes a payment as the consumer does, though several at once, as if they came to several processes. */
async function pay(bookingId: string, paymentId = newId()): Promise<void> {
  const room = market.graph.rooms.get('marketplace');
  const consumer = room?.parts.consumers?.find(({ name }) => name === 'booking-payments');
  const event = moneyFor(bookingId, paymentId);
  const handler = consumer?.handlers[event.type];
  if (!room || !handler) throw new Error('The consumer does not run');
  await transaction(room.orm.em, (tx) => handler.apply(tx, event, undefined));
}

/** Plays something out many times, each on another day, and says what came of it and how often. */
async function outcomes(play: (inHours: number) => Promise<string>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    const outcome = await play(100 + round * 24);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

const names = (counts: Record<string, number>) => Object.keys(counts);

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())(`what happens to a booking at the same moment, ${ROUNDS} times`, () => {
  it('is paid and cancelled: the money goes back, by the one way or the other', async () => {
    const counts = await outcomes(async (inHours) => {
      const id = await plant(market, student, tutor, { status: 'PENDING_PAYMENT', inHours });
      const [refused] = await Promise.all([replica.refused('cancelBooking', { bookingId: id }, student), pay(id)]);
      expect(refused).toEqual([]);
      const { status, refund_percent: refundPercent } = await bookingRow(market, id);
      return `${status} ${refundPercent}: ${(await verbsOf(market, id)).join(' ')}`;
    });
    const consistent = ['CANCELLED null: cancelled refund-due', 'CANCELLED 100: confirmed cancelled'];
    expect(consistent).toEqual(expect.arrayContaining(names(counts)));
  });

  it('is paid twice: one payment holds, the other goes back', async () => {
    const counts = await outcomes(async (inHours) => {
      const id = await plant(market, student, tutor, { status: 'PENDING_PAYMENT', inHours });
      await Promise.all([pay(id), pay(id)]);
      return (await verbsOf(market, id)).join(' ');
    });
    expect(counts).toEqual({ 'confirmed refund-due': ROUNDS });
  });

  it('is told twice of one payment: it counts once', async () => {
    const counts = await outcomes(async (inHours) => {
      const [id, paymentId] = [await plant(market, student, tutor, { status: 'PENDING_PAYMENT', inHours }), newId()];
      await Promise.all([pay(id, paymentId), pay(id, paymentId), pay(id, paymentId)]);
      return (await verbsOf(market, id)).join(' ');
    });
    expect(counts).toEqual({ confirmed: ROUNDS });
  });

  it('is paid when its time to pay is over: it takes place', async () => {
    const counts = await outcomes(async (inHours) => {
      const id = await plant(market, student, tutor, { status: 'PENDING_PAYMENT', inHours, expiresInMinutes: -1 });
      await Promise.all([advance(market, id), pay(id), advance(market, id)]);
      return `${await statusOf(market, id)}: ${(await verbsOf(market, id)).join(' ')}`;
    });
    expect(['CONFIRMED: confirmed', 'CONFIRMED: expired confirmed']).toEqual(expect.arrayContaining(names(counts)));
  });

  it('is paid late while another one is paid for the same time: one takes place, the other goes back', async () => {
    const counts = await outcomes(async (inHours) => {
      const other = await market.student();
      const ids = [
        await plant(market, student, tutor, { status: 'EXPIRED', inHours }),
        await plant(market, other, tutor, { status: 'EXPIRED', inHours: inHours + 0.5 }),
      ];
      await Promise.all(ids.map((id) => pay(id)));
      const told = await Promise.all(ids.map(async (id) => (await verbsOf(market, id)).join(' ')));
      return told.sort().join(' and ');
    });
    expect(counts).toEqual({ 'confirmed and refund-due': ROUNDS });
  });

  it('is paid late while something takes its time without locking calendars: the database refuses', async () => {
    const room = market.graph.rooms.get('marketplace');
    if (!room) throw new Error('The marketplace does not run');
    const id = await plant(market, student, tutor, { status: 'EXPIRED' });
    const other = await market.student();
    const waiting = async () => {
      const [row] = await market.sql<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'transactionid'`,
      );
      return row?.count;
    };
    let paid: Promise<string> | undefined;
    await room.orm.em.fork().transactional(async (tx) => {
      await plant(market, other, tutor, {}, (statement, values) => tx.execute(statement, values));
      paid = payments.pay(id);
      // The consumer has found the time free and waits for this transaction’s end; jobs of either process may wait as well.
      await expect.poll(waiting, { timeout: 20_000 }).toBeGreaterThan(0);
    });
    await paid;
    expect(await statusOf(market, id)).toBe('EXPIRED');
    expect(await verbsOf(market, id)).toEqual(['refund-due']);
  });

  it('is said to have taken place and not: the first of the two people is heard', async () => {
    const counts = await outcomes(async () => {
      const [learner, teacher] = [await market.student(), await market.tutor()];
      const id = await plant(market, learner, teacher, { status: 'IN_PROGRESS', inHours: -2 });
      const refused = await Promise.all([
        replica.refused('completeBooking', { bookingId: id }, learner),
        market.mutate('reportNoShow', { bookingId: id }, teacher).then((outcome) => outcome.refused),
      ]);
      expect(refused.flat()).toEqual(['WRONG_STATUS']);
      return `${await statusOf(market, id)}: ${(await verbsOf(market, id)).join(' ')}`;
    });
    expect(['COMPLETED: completed', 'NO_SHOW: no-show']).toEqual(expect.arrayContaining(names(counts)));
  });

  it('is said to have taken place by the tutor alone, and not by the student: the student is heard', async () => {
    const counts = await outcomes(async () => {
      const [learner, teacher] = [await market.student(), await market.tutor()];
      const id = await plant(market, learner, teacher, { status: 'IN_PROGRESS', inHours: -2 });
      await Promise.all([
        replica.refused('completeBooking', { bookingId: id }, teacher),
        market.mutate('reportNoShow', { bookingId: id }, learner),
      ]);
      return `${await statusOf(market, id)}: ${(await verbsOf(market, id)).join(' ')}`;
    });
    const consistent = ['NO_SHOW: no-show', 'NO_SHOW: completed no-show'];
    expect(consistent).toEqual(expect.arrayContaining(names(counts)));
  });

  it('is cancelled by both sides: one of them did it', async () => {
    const counts = await outcomes(async (inHours) => {
      const id = await plant(market, student, tutor, { inHours });
      const refused = await Promise.all([
        replica.refused('cancelBooking', { bookingId: id }, student),
        market.mutate('cancelBooking', { bookingId: id }, tutor).then((outcome) => outcome.refused),
      ]);
      expect(refused.flat()).toEqual(['WRONG_STATUS']);
      return (await verbsOf(market, id)).join(' ');
    });
    expect(counts).toEqual({ cancelled: ROUNDS });
  });

  it('is moved on by several jobs at once: each step once', async () => {
    const counts = await outcomes(async () => {
      const id = await plant(market, await market.student(), await market.tutor(), { inHours: -48 });
      await Promise.all(Array.from({ length: 5 }, () => advance(market, id)));
      return (await verbsOf(market, id)).join(' ');
    });
    expect(counts).toEqual({ 'started completed': ROUNDS });
  });
});
