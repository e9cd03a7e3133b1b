import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookingStatuses } from '../src/bookings/booking.rules.js';
import { Market, NOBODY, type TestTutor } from './market.js';
import { auditedOf, bookingRow, type Planted, plant, statusOf, toldOf, verbsOf } from './scheduled-bookings.js';

let market: Market;
let student: TestPerson;
let tutor: TestTutor;
let staff: TestPerson;
let curator: TestPerson;

beforeAll(async () => {
  market = await Market.open();
  staff = await market.graph.person('SUPERVISOR');
  curator = await market.graph.person('CURATOR');
});

beforeEach(async () => {
  // Nobody has two lessons at once: each test has its own people.
  [student, tutor] = [await market.student(), await market.tutor()];
});

afterAll(() => market.close());

const planted = (booking: Planted = {}) => plant(market, student, tutor, booking);

/** Each mutation with an input that is in order, who does it when it works, and in which states of a lesson. */
const mutations = [
  {
    field: 'cancelBooking',
    input: {},
    who: 'student',
    upcoming: { HELD: 'CANCELLED', PENDING_PAYMENT: 'CANCELLED', CONFIRMED: 'CANCELLED', UNSCHEDULED: 'CANCELLED' },
    over: { UNSCHEDULED: 'CANCELLED' },
  },
  {
    field: 'completeBooking',
    input: {},
    who: 'tutor',
    upcoming: {},
    over: { CONFIRMED: 'COMPLETED', IN_PROGRESS: 'COMPLETED' },
  },
  {
    field: 'reportNoShow',
    input: {},
    who: 'student',
    upcoming: {},
    over: { CONFIRMED: 'NO_SHOW', IN_PROGRESS: 'NO_SHOW' },
  },
  {
    field: 'disputeNoShow',
    input: { statement: 'I was there.' },
    who: 'tutor',
    upcoming: { NO_SHOW: 'DISPUTED' },
    over: { NO_SHOW: 'DISPUTED' },
  },
  {
    field: 'resolveDispute',
    input: { outcome: 'TOOK_PLACE' },
    who: 'staff',
    upcoming: { DISPUTED: 'COMPLETED' },
    over: { DISPUTED: 'COMPLETED' },
  },
  {
    field: 'markBookingPaid',
    input: { reason: 'In cash.' },
    who: 'staff',
    upcoming: { PENDING_PAYMENT: 'CONFIRMED', EXPIRED: 'CONFIRMED' },
    over: {},
  },
] as const;

const cases = mutations.flatMap(({ field, input, who, ...outcomes }) =>
  bookingStatuses.flatMap((status) =>
    (['upcoming', 'over'] as const).map((when) => {
      const becomes = (outcomes[when] as Partial<Record<string, string>>)[status] ?? null;
      return { field, input, who, status, when, becomes };
    }),
  ),
);

describe('every mutation in every state', () => {
  it.each(cases)('$field of a lesson that is $when and $status: $becomes', async (one) => {
    const { field, input, who, status, when, becomes } = one;
    const id = await planted({ status, inHours: when === 'upcoming' ? 48 : -3 });
    const before = await bookingRow(market, id);
    const person = { student, tutor, staff }[who];
    const { payload, refused, codes } = await market.mutate(field, { bookingId: id, ...input }, person);
    expect(codes).toEqual([]);
    if (becomes) {
      expect(refused).toEqual([]);
      expect(payload?.['booking']).toMatchObject({ id, status: becomes });
      expect(await statusOf(market, id)).toBe(becomes);
    } else {
      expect(refused).toHaveLength(1);
      expect(await bookingRow(market, id)).toEqual(before);
      expect(await verbsOf(market, id)).toEqual([]);
    }
  });
});

describe('who may do it', () => {
  it.each(mutations)('$field is not for others', async ({ field, input }) => {
    const id = await planted();
    const call = (person?: TestPerson) => market.mutate(field, { bookingId: id, ...input }, person);
    const isStaffs = field === 'resolveDispute' || field === 'markBookingPaid';
    for (const person of [await market.student(), await market.tutor(), await market.graph.person('HR')]) {
      const { refused, codes } = await call(person);
      expect([refused, codes]).toEqual(isStaffs ? [[], ['FORBIDDEN']] : [['NOT_FOUND'], []]);
    }
    const { refused, codes } = await call(curator);
    expect([refused, codes]).toEqual(isStaffs ? [[], ['FORBIDDEN']] : [['NOT_FOR_YOU'], []]);
    expect((await call()).codes).toEqual(['UNAUTHENTICATED']);
    const nowhere = await market.mutate(field, { bookingId: NOBODY, ...input }, staff);
    expect(nowhere.refused).toEqual(['NOT_FOUND']);
    const broken = await market.mutate(field, { bookingId: 'x', ...input }, staff);
    expect(broken.refused).toEqual(['NOT_FOUND']);
    expect(await statusOf(market, id)).toBe('CONFIRMED');
  });

  it('is not staff in a lesson of its own', async () => {
    const admin = await market.graph.person('ADMIN');
    const id = await plant(market, admin, tutor, { status: 'DISPUTED', inHours: -3 });
    const { refused } = await market.mutate('resolveDispute', { bookingId: id, outcome: 'REFUND' }, admin);
    expect(refused).toEqual(['NOT_FOR_YOU']);
    const unpaid = await plant(market, admin, await market.tutor(), { status: 'PENDING_PAYMENT' });
    expect((await market.mutate('markBookingPaid', { bookingId: unpaid, reason: 'x' }, admin)).refused).toEqual([
      'NOT_FOR_YOU',
    ]);
  });
});

describe('cancelBooking', () => {
  it.each([
    ['student', 48, 100],
    ['student', 5, 50],
    ['student', 1, 0],
    ['tutor', 1, 100],
    ['staff', 1, 100],
  ] as const)('by the %s %s hours before gives %s %% back', async (who, inHours, refundPercent) => {
    const id = await planted({ inHours });
    const person = { student, tutor, staff }[who];
    const { payload } = await market.mutate('cancelBooking', { bookingId: id, reason: ' I am ill. ' }, person);
    const by = who.toUpperCase();
    expect(payload?.['booking']).toEqual({
      id,
      status: 'CANCELLED',
      cancellation: { by, reason: 'I am ill.', refundPercent },
      allowedActions: [],
    });
    expect(await toldOf(market, id)).toMatchObject([
      { verb: 'cancelled', data: { cancelledBy: by, refundPercent, status: 'CANCELLED' } },
    ]);
    expect(await bookingRow(market, id)).toMatchObject({ sequence: 1 });
    expect(await auditedOf(market, id)).toEqual(who === 'staff' ? ['marketplace.booking.cancel'] : []);
  });

  it('gives nothing back of what was not paid', async () => {
    const id = await planted({ status: 'PENDING_PAYMENT' });
    const { payload } = await market.mutate('cancelBooking', { bookingId: id }, student);
    expect(payload).toMatchObject({ booking: { cancellation: { refundPercent: null, reason: null } } });
    expect(await toldOf(market, id)).toMatchObject([{ verb: 'cancelled', data: { refundPercent: 0 } }]);
  });

  it('is not for a student who moved the lesson late, and for nobody but staff once it has begun', async () => {
    const moved = await planted({ columns: { moved_late_at: new Date() } });
    expect((await market.mutate('cancelBooking', { bookingId: moved }, student)).refused).toEqual(['MOVED_LATE']);
    expect((await market.mutate('cancelBooking', { bookingId: moved }, tutor)).refused).toEqual([]);
    const begun = await planted({ inHours: -0.2 });
    for (const person of [student, tutor]) {
      expect((await market.mutate('cancelBooking', { bookingId: begun }, person)).refused).toEqual(['LESSON_BEGUN']);
    }
    expect((await market.mutate('cancelBooking', { bookingId: begun }, staff)).refused).toEqual([]);
    expect(await verbsOf(market, begun)).toEqual(['started', 'cancelled']);
  });

  it('is done once for a key, and answers the same again', async () => {
    const id = await planted();
    const input = { bookingId: id, reason: 'x', idempotencyKey: 'once' };
    const first = await market.mutate('cancelBooking', input, student);
    expect(await market.mutate('cancelBooking', input, student)).toEqual(first);
    expect(await verbsOf(market, id)).toEqual(['cancelled']);
    const other = await market.mutate('cancelBooking', { ...input, reason: 'y' }, student);
    expect(other.refused).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect((await market.mutate('cancelBooking', { bookingId: id }, student)).refused).toEqual(['WRONG_STATUS']);
  });

  it('takes only a reason that fits', async () => {
    const id = await planted();
    const { userErrors } = await market.mutate('cancelBooking', { bookingId: id, reason: 'x'.repeat(501) }, student);
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['input', 'reason'] }]);
  });
});

describe('cancelSeries', () => {
  const seriesId = '01900000-0000-7000-8000-0000000000aa';

  async function series(id = seriesId): Promise<string[]> {
    const columns = { series_id: id };
    const past = await planted({ status: 'COMPLETED', inHours: -100, columns });
    const moved = await planted({ inHours: 30, columns: { ...columns, moved_late_at: new Date() } });
    const soon = await planted({ inHours: 5, columns });
    const later = await planted({ inHours: 200, columns });
    return [past, soon, moved, later];
  }

  it('calls off all lessons to come, each by its own rules, and keeps what cannot be cancelled', async () => {
    const [past, soon, moved, later] = await series();
    const input = { seriesId, reason: 'We move.', idempotencyKey: 'series' };
    const first = await market.mutate('cancelSeries', input, student);
    expect(first.payload).toMatchObject({
      cancelled: [
        { id: soon, cancellation: { refundPercent: 50 } },
        { id: later, cancellation: { refundPercent: 100 } },
      ],
      kept: [{ id: moved, status: 'CONFIRMED' }],
    });
    expect(await market.mutate('cancelSeries', input, student)).toEqual(first);
    expect(await statusOf(market, past ?? '')).toBe('COMPLETED');
    expect((await market.mutate('cancelSeries', { seriesId }, student)).refused).toEqual(['MOVED_LATE']);
    expect((await market.mutate('cancelSeries', { seriesId }, tutor)).payload).toMatchObject({
      cancelled: [{ id: moved }],
      kept: [],
    });
    expect((await market.mutate('cancelSeries', { seriesId }, tutor)).refused).toEqual(['WRONG_STATUS']);
  });

  it('is for its two people and staff', async () => {
    const own = '01900000-0000-7000-8000-0000000000bb';
    await series(own);
    for (const seriesId of [own, NOBODY]) {
      const { userErrors } = await market.mutate('cancelSeries', { seriesId }, await market.student());
      expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'seriesId'] }]);
    }
    expect((await market.mutate('cancelSeries', { seriesId: 'x' }, student)).refused).toEqual(['INVALID_INPUT']);
    expect((await market.mutate('cancelSeries', { seriesId: own }, staff)).payload).toMatchObject({ kept: [] });
  });
});

describe('markBookingPaid', () => {
  it('confirms what waits for money, and winds its clock', async () => {
    const id = await planted({ status: 'PENDING_PAYMENT', inHours: 10 });
    const { payload } = await market.mutate('markBookingPaid', { bookingId: id, reason: 'In cash.' }, staff);
    expect(payload).toMatchObject({ booking: { status: 'CONFIRMED' } });
    expect(await bookingRow(market, id)).toMatchObject({ expires_at: null, paid_at: expect.anything() });
    expect(await verbsOf(market, id)).toEqual(['confirmed']);
    expect(await auditedOf(market, id)).toEqual(['marketplace.booking.mark-paid']);
    const kept = await market.sql(
      'select accepted, marked_by, reason from marketplace.booking_payments where booking_id = ?',
      [id],
    );
    expect(kept).toEqual([{ accepted: true, marked_by: staff.userId, reason: 'In cash.' }]);
    const waiting = await market.sql(
      `select start_after from marketplace_jobs.job where name = 'advance-booking' and data ->> 'bookingId' = ?`,
      [id],
    );
    expect(waiting).toHaveLength(1);
  });

  it('brings an expired one back only while its time is free', async () => {
    const id = await planted({ status: 'EXPIRED', inHours: 10 });
    await plant(market, await market.student(), tutor, { inHours: 10.5 });
    const call = () => market.mutate('markBookingPaid', { bookingId: id, reason: 'In cash.' }, staff);
    expect((await call()).refused).toEqual(['SLOT_TAKEN']);
    expect(await statusOf(market, id)).toBe('EXPIRED');
  });
});

describe('what one may do with a booking', () => {
  const ASK = 'query ($id: ID!) { booking(id: $id) { allowedActions refundPercentIfCancelled } }';

  it('depends on who asks', async () => {
    const id = await planted({ inHours: 5 });
    const ask = async (person: TestPerson) => (await market.run(ASK, { id }, person)).data['booking'];
    expect(await ask(student)).toEqual({ allowedActions: ['RESCHEDULE', 'CANCEL'], refundPercentIfCancelled: 50 });
    expect(await ask(tutor)).toEqual({ allowedActions: ['CANCEL'], refundPercentIfCancelled: 100 });
    expect(await ask(staff)).toEqual({ allowedActions: ['RESCHEDULE', 'CANCEL'], refundPercentIfCancelled: 100 });
    expect(await ask(curator)).toEqual({ allowedActions: [], refundPercentIfCancelled: null });
  });
});
