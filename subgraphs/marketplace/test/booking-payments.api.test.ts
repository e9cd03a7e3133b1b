import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Market, NOBODY, type TestTutor } from './market.js';
import { moneyFor, PaymentsStream } from './payments-stream.js';
import { advance, bookingRow, type Planted, plant, statusOf, toldOf, verbsOf } from './scheduled-bookings.js';

let market: Market;
let payments: PaymentsStream;
let student: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  market = await Market.open();
  payments = new PaymentsStream(market);
});

beforeEach(async () => {
  // Nobody has two lessons at once: each test has its own people.
  [student, tutor] = [await market.student(), await market.tutor()];
});

afterAll(() => market.close());

const planted = (booking: Planted = {}) => plant(market, student, tutor, booking);

/** Which payments have to go back, by the events. */
async function refundsDue(bookingId: string): Promise<unknown[]> {
  const told = await toldOf(market, bookingId);
  return told.filter(({ verb }) => verb === 'refund-due').map(({ data }) => data['paymentId']);
}

async function decisions(bookingId: string): Promise<unknown[]> {
  const statement =
    'select payment_id, accepted from marketplace.booking_payments where booking_id = ? order by created_at';
  return (await market.sql<Record<string, unknown>>(statement, [bookingId])).map((row) => Object.values(row));
}

describe('money that arrives', () => {
  it('confirms a booking that waits for it, once, and winds its clock', async () => {
    const id = await planted({ status: 'PENDING_PAYMENT', inHours: 10 });
    const paymentId = await payments.pay(id);
    await payments.pay(id, paymentId);
    expect(await bookingRow(market, id)).toMatchObject({
      status: 'CONFIRMED',
      expires_at: null,
      paid_at: expect.anything(),
      // The day before is over: nobody is to be reminded of it.
      reminded_hours: [24],
    });
    expect(await verbsOf(market, id)).toEqual(['confirmed']);
    expect(await decisions(id)).toEqual([[paymentId, true]]);
    const [job] = await market.sql<{ at: Date }>(
      `select start_after as at from marketplace_jobs.job where name = 'advance-booking' and data ->> 'bookingId' = ?`,
      [id],
    );
    const { starts_at: startsAt } = await bookingRow(market, id);
    expect(new Date(job?.at ?? 0).getTime()).toBe(new Date(String(startsAt)).getTime() - 3_600_000);
  });

  it('confirms one whose time to pay is over, as long as it has not been given away', async () => {
    const id = await planted({ status: 'PENDING_PAYMENT', expiresInMinutes: -5 });
    await payments.pay(id);
    expect(await statusOf(market, id)).toBe('CONFIRMED');
    await advance(market, id);
    expect(await verbsOf(market, id)).toEqual(['confirmed']);
  });

  it('brings an expired booking back while its time is free, though an old hold lies there', async () => {
    const id = await planted({ status: 'EXPIRED' });
    const hold = await plant(market, await market.student(), tutor, { status: 'HELD', expiresInMinutes: -1 });
    await payments.pay(id);
    expect(await bookingRow(market, id)).toMatchObject({ status: 'CONFIRMED', sequence: 1 });
    expect(await statusOf(market, hold)).toBe('EXPIRED');
    expect(await refundsDue(id)).toEqual([]);
  });

  it.each(['HELD', 'PENDING_PAYMENT', 'CONFIRMED', 'IN_PROGRESS'])(
    'goes back when the tutor has something %s then',
    async (status) => {
      const id = await planted({ status: 'EXPIRED' });
      await plant(market, await market.student(), tutor, { status, inHours: 48.5 });
      const paymentId = await payments.pay(id);
      await payments.pay(id, paymentId);
      expect(await statusOf(market, id)).toBe('EXPIRED');
      expect(await refundsDue(id)).toEqual([paymentId]);
      expect(await decisions(id)).toEqual([[paymentId, false]]);
    },
  );

  it('goes back when the student is busy then, be it as a tutor', async () => {
    const learner = await market.tutor();
    const id = await plant(market, learner, tutor, { status: 'EXPIRED' });
    await plant(market, student, learner, { inHours: 47.5 });
    expect(await refundsDue(id)).toEqual([]);
    const paymentId = await payments.pay(id);
    expect(await refundsDue(id)).toEqual([paymentId]);
  });

  it('goes back when another trial with the tutor was booked meanwhile', async () => {
    const columns = { kind: 'TRIAL' };
    const id = await planted({ status: 'EXPIRED', columns });
    await planted({ inHours: 100, columns });
    const paymentId = await payments.pay(id);
    expect(await refundsDue(id)).toEqual([paymentId]);
  });

  it.each(['UNSCHEDULED', 'HELD', 'CANCELLED', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'NO_SHOW', 'DISPUTED'])(
    'goes back when the booking is %s',
    async (status) => {
      const id = await planted({ status });
      const before = await bookingRow(market, id);
      const paymentId = await payments.pay(id);
      expect(await refundsDue(id)).toEqual([paymentId]);
      expect(await bookingRow(market, id)).toEqual(before);
    },
  );

  it.each(['PENDING_PAYMENT', 'EXPIRED'])('goes back when the lesson should have begun and was %s', async (status) => {
    const id = await planted({ status, inHours: -0.1 });
    const paymentId = await payments.pay(id);
    expect(await statusOf(market, id)).toBe('EXPIRED');
    expect(await refundsDue(id)).toEqual([paymentId]);
  });

  it('goes back when it comes a second time by another payment', async () => {
    const id = await planted({ status: 'PENDING_PAYMENT' });
    const first = await payments.pay(id);
    const second = await payments.pay(id);
    const third = await payments.pay(id);
    expect(await refundsDue(id)).toEqual([second, third]);
    expect(await decisions(id)).toEqual([
      [first, true],
      [second, false],
      [third, false],
    ]);
    expect(await verbsOf(market, id)).toEqual(['confirmed', 'refund-due', 'refund-due']);
  });

  it('is heard in the order in which it arrived, whatever lies between', async () => {
    const ids = [];
    for (let index = 0; index < 5; index++) {
      ids.push(await plant(market, await market.student(), await market.tutor(), { status: 'PENDING_PAYMENT' }));
    }
    for (const bookingId of ids) {
      await payments.say(moneyFor(bookingId));
    }
    await payments.heard();
    for (const id of ids) expect(await verbsOf(market, id)).toEqual(['confirmed']);
  });
});

describe('money for nothing', () => {
  it('fails, so that it comes among the dead letters for an operator', async () => {
    const room = market.graph.rooms.get('marketplace');
    const consumer = room?.parts.consumers?.find(({ name }) => name === 'booking-payments');
    const event = moneyFor(NOBODY);
    const handler = consumer?.handlers[event.type];
    if (!room || !handler) throw new Error('The consumer does not run');
    const heard = transaction(room.orm.em, (tx) => handler.apply(tx, event, undefined));
    await expect(heard).rejects.toThrow(/which does not exist/);
  });
});
