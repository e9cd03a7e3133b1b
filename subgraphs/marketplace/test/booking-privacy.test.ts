import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { room } from '../src/room.js';
import { Market, type TestTutor } from './market.js';
import { PaymentsStream } from './payments-stream.js';
import { bookingRow, type Planted, plant, statusOf, toldOf, verbsOf } from './scheduled-bookings.js';

let market: Market;
let payments: PaymentsStream;
let student: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  market = await Market.open();
  payments = new PaymentsStream(market);
});

beforeEach(async () => {
  [student, tutor] = [await market.student(), await market.tutor()];
});

afterAll(() => market.close());

const planted = (booking: Planted = {}) => plant(market, student, tutor, booking);

/** What the room does when accounts says that somebody is erased; may be repeated. */
async function erase({ userId }: TestPerson): Promise<void> {
  const running = market.graph.rooms.get('marketplace');
  if (!running) throw new Error('The marketplace does not run');
  await transaction(running.orm.em, (tx) => room.privacy.erase(tx, userId));
}

/** Bookings of every kind, and some of others in between. */
async function everything(): Promise<Record<string, string>> {
  return {
    held: await planted({ status: 'HELD', inHours: 30 }),
    unpaid: await planted({ status: 'PENDING_PAYMENT', inHours: 32 }),
    far: await planted({ inHours: 34 }),
    near: await planted({ inHours: 5 }),
    moved: await planted({ inHours: 36, columns: { moved_late_at: new Date() } }),
    agreed: await planted({ status: 'UNSCHEDULED' }),
    going: await planted({ status: 'IN_PROGRESS', inHours: -0.5 }),
    over: await planted({ status: 'COMPLETED', inHours: -30 }),
    disputed: await planted({ status: 'DISPUTED', inHours: -20 }),
  };
}

async function outcomes(bookings: Record<string, string>): Promise<Record<string, unknown>> {
  const found = Object.entries(bookings).map(async ([name, id]) => {
    const { status, refund_percent: refund, cancelled_by: by } = await bookingRow(market, id);
    return [name, [status, ...(by ? [by, refund] : [])].join(' ')];
  });
  return Object.fromEntries(await Promise.all(found));
}

const untouched = { held: 'EXPIRED', going: 'IN_PROGRESS', over: 'COMPLETED', disputed: 'DISPUTED' };
const unpaid = { unpaid: 'CANCELLED SYSTEM ', agreed: 'CANCELLED SYSTEM ' };

describe('what is still to come', () => {
  it('is called off with a student, by the rules', async () => {
    const bookings = await everything();
    await erase(student);
    expect(await outcomes(bookings)).toEqual({
      ...untouched,
      ...unpaid,
      far: 'CANCELLED SYSTEM 100',
      near: 'CANCELLED SYSTEM 50',
      moved: 'CANCELLED SYSTEM 0',
    });
    expect(await toldOf(market, bookings['near'] ?? '')).toMatchObject([
      { verb: 'cancelled', data: { cancelledBy: 'SYSTEM', refundPercent: 50 } },
    ]);
  });

  it('is called off with a tutor, and everything goes back', async () => {
    const bookings = await everything();
    await erase(tutor);
    expect(await outcomes(bookings)).toEqual({
      ...untouched,
      ...unpaid,
      far: 'CANCELLED SYSTEM 100',
      near: 'CANCELLED SYSTEM 100',
      moved: 'CANCELLED SYSTEM 100',
    });
    await erase(tutor);
    for (const id of Object.values(bookings)) expect((await verbsOf(market, id)).length).toBeLessThan(2);
  });

  it('leaves an agreed booking that was held without a time, and calls it off', async () => {
    const id = await market.booking(student, tutor);
    await market.sql(
      `update marketplace.bookings set status = 'HELD', starts_at = now() + interval '1 day',
         ends_at = now() + interval '25 hours', expires_at = now() + interval '5 minutes' where id = ?`,
      [id],
    );
    await erase(student);
    expect(await bookingRow(market, id)).toMatchObject({ status: 'CANCELLED', starts_at: null });
    expect(await verbsOf(market, id)).toEqual(['created', 'expired', 'cancelled']);
  });

  it('does not come back by money that arrives late', async () => {
    const id = await planted({ status: 'EXPIRED' });
    await erase(tutor);
    await payments.pay(id);
    expect(await statusOf(market, id)).toBe('EXPIRED');
    expect(await verbsOf(market, id)).toEqual(['refund-due']);
  });

  it('is nobody else’s', async () => {
    const id = await plant(market, await market.student(), await market.tutor());
    await erase(student);
    await erase(tutor);
    expect(await statusOf(market, id)).toBe('CONFIRMED');
  });
});

describe('words', () => {
  async function spoken(by: string, absent: string): Promise<string> {
    return planted({
      status: 'NO_SHOW',
      inHours: -30,
      columns: {
        cancelled_at: new Date(),
        cancelled_by: by,
        cancel_reason: `planted by ${by}`,
        absent,
        disputed_at: new Date(),
        dispute_statement: `planted by ${absent}`,
        dispute_note: 'planted by staff',
      },
    });
  }

  it.each([
    ['student', 'STUDENT', 'TUTOR'],
    ['tutor', 'TUTOR', 'STUDENT'],
  ] as const)('of a %s go, and the other one’s stay', async (who, own, other) => {
    const [mine, theirs] = [await spoken(own, own), await spoken(other, other)];
    await market.sql(
      `insert into marketplace.booking_payments (payment_id, booking_id, accepted, marked_by, reason, created_at)
       values (?, ?, true, ?, 'planted by staff', now())`,
      [newId(), mine, newId()],
    );
    await erase({ student, tutor }[who]);
    const empty = { cancel_reason: null, dispute_statement: null, dispute_note: null };
    expect(await bookingRow(market, mine)).toMatchObject(empty);
    expect(await bookingRow(market, theirs)).toMatchObject({
      cancel_reason: `planted by ${other}`,
      dispute_statement: `planted by ${other}`,
      dispute_note: null,
    });
    expect(await market.sql('select reason from marketplace.booking_payments where booking_id = ?', [mine])).toEqual([
      { reason: null },
    ]);
  });

  it('in an archive are one’s own, and no column of the machinery is there', async () => {
    const mine = await spoken('STUDENT', 'STUDENT');
    const running = market.graph.rooms.get('marketplace');
    const columns = { meeting_id: 'secret-room', meeting_url: 'https://meet.example/secret-room' };
    await planted({ inHours: 30, columns });
    const collected = async ({ userId }: TestPerson) => {
      if (!running) throw new Error('The marketplace does not run');
      const { sections } = await room.privacy.collect(running.orm.em.fork(), userId);
      return sections['bookings'] as Record<string, unknown>[];
    };
    const [asStudent, asTutor] = [await collected(student), await collected(tutor)];
    expect(asStudent[0]).toMatchObject({
      id: mine,
      as: 'STUDENT',
      cancelReason: 'planted by STUDENT',
      disputeStatement: 'planted by STUDENT',
      amount: { amountMinor: 3_000, currency: 'EUR' },
    });
    expect(asStudent[0]).not.toHaveProperty('commissionPercent');
    expect(asTutor[0]).toMatchObject({
      as: 'TUTOR',
      commissionPercent: 33,
      cancelReason: null,
      disputeStatement: null,
    });
    expect(JSON.stringify(asTutor)).not.toContain(student.userId);
    expect(JSON.stringify([asStudent, asTutor])).not.toMatch(/secret-room|meetingId|remindedHours|policyId/);
  });
});

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())('somebody who is erased at the same moment', () => {
  it('leaves nothing that is still to come, whatever is paid, cancelled or begun meanwhile', async () => {
    for (let round = 0; round < 20; round++) {
      const [learner, teacher] = [await market.student(), await market.tutor()];
      const ids = [
        await plant(market, learner, teacher, { status: 'PENDING_PAYMENT', inHours: 30 }),
        await plant(market, learner, teacher, { status: 'EXPIRED', inHours: 32 }),
        await plant(market, learner, teacher, { inHours: 34 }),
      ];
      const [unpaid = '', expired = '', confirmed = ''] = ids;
      await Promise.all([
        erase(teacher),
        payments.pay(unpaid),
        payments.pay(expired),
        market.mutate('cancelBooking', { bookingId: confirmed }, learner),
      ]);
      await erase(teacher);
      for (const id of ids) expect(['CANCELLED', 'EXPIRED']).toContain(await statusOf(market, id));
    }
  });
});
