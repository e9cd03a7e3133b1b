import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Market, type TestTutor } from './market.js';
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
  [student, tutor] = [await market.student(), await market.tutor()];
});

afterAll(() => market.close());

const planted = (booking: Planted = {}) => plant(market, student, tutor, booking);

describe('whether a lesson took place', () => {
  it('is said by the tutor, and the student may speak against it for a day', async () => {
    const id = await planted({ inHours: -2 });
    expect((await market.mutate('completeBooking', { bookingId: id }, tutor)).refused).toEqual([]);
    expect(await bookingRow(market, id)).toMatchObject({ completed_by: 'TUTOR' });
    expect((await market.mutate('reportNoShow', { bookingId: id }, tutor)).refused).toEqual(['WRONG_STATUS']);
    const { payload } = await market.mutate('reportNoShow', { bookingId: id }, student);
    expect(payload).toMatchObject({ booking: { status: 'NO_SHOW', absence: { absent: 'TUTOR', refundPercent: 100 } } });
    expect(await verbsOf(market, id)).toEqual(['started', 'completed', 'no-show']);
  });

  it('is final once the student has said so', async () => {
    const id = await planted({ inHours: -2 });
    expect((await market.mutate('completeBooking', { bookingId: id }, student)).refused).toEqual([]);
    for (const person of [student, tutor]) {
      expect((await market.mutate('reportNoShow', { bookingId: id }, person)).refused).toEqual(['WRONG_STATUS']);
    }
  });
});

describe('reportNoShow', () => {
  it('is about the other one; staff names whom', async () => {
    const id = await planted({ inHours: -0.5 });
    const report = (absent: string | null, person: TestPerson) =>
      market.mutate('reportNoShow', { bookingId: id, absent }, person);
    expect((await report('STUDENT', student)).refused).toEqual(['NOT_FOR_YOU']);
    expect((await report('TUTOR', tutor)).refused).toEqual(['NOT_FOR_YOU']);
    expect((await report(null, staff)).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'absent'], message: 'Say who was not there.' },
    ]);
    expect((await report('STUDENT', staff)).payload).toMatchObject({
      booking: { status: 'NO_SHOW', absence: { absent: 'STUDENT', refundPercent: 0 } },
    });
    expect(await auditedOf(market, id)).toEqual(['marketplace.booking.report-no-show']);
    const { data } = (await toldOf(market, id)).at(-1) ?? {};
    expect(data).toMatchObject({ absent: 'STUDENT', refundPercent: 0, disputableUntil: expect.any(String) });
  });

  it('waits a quarter of an hour', async () => {
    const id = await planted({ inHours: -0.2 });
    expect((await market.mutate('reportNoShow', { bookingId: id }, student)).refused).toEqual(['TOO_EARLY']);
    expect(await statusOf(market, id)).toBe('CONFIRMED');
  });

  it('comes too late when the lesson counts as completed', async () => {
    const id = await planted({ inHours: -26 });
    expect((await market.mutate('reportNoShow', { bookingId: id }, student)).refused).toEqual(['TOO_LATE']);
  });
});

describe('a dispute', () => {
  async function disputed(): Promise<string> {
    const id = await planted({ inHours: -2 });
    await market.made('reportNoShow', { bookingId: id }, student, 'booking');
    const input = { bookingId: id, statement: 'My link did not work.' };
    expect((await market.mutate('disputeNoShow', input, student)).refused).toEqual(['NOT_FOR_YOU']);
    expect((await market.mutate('disputeNoShow', input, tutor)).payload).toMatchObject({
      booking: { status: 'DISPUTED', absence: { dispute: { statement: input.statement, resolvedAt: null } } },
    });
    expect((await market.mutate('disputeNoShow', input, tutor)).refused).toEqual(['ALREADY_DISPUTED']);
    return id;
  }

  it.each([
    ['TOOK_PLACE', 'COMPLETED', null, 'completed'],
    ['NO_SHOW_STANDS', 'NO_SHOW', 100, 'no-show'],
    ['REFUND', 'CANCELLED', 100, 'cancelled'],
  ])('ends with %s: %s', async (outcome, status, refundPercent, verb) => {
    const id = await disputed();
    const { payload } = await market.mutate('resolveDispute', { bookingId: id, outcome, note: 'We looked.' }, staff);
    expect(payload).toMatchObject({
      booking: {
        status,
        absence: { refundPercent, dispute: { note: 'We looked.', resolvedAt: expect.any(String) } },
        cancellation: status === 'CANCELLED' ? { by: 'STAFF', refundPercent: 100 } : null,
      },
    });
    expect((await verbsOf(market, id)).slice(-2)).toEqual(['disputed', verb]);
    expect(await bookingRow(market, id)).toMatchObject({ dispute_resolved_by: staff.userId });
    expect(await auditedOf(market, id)).toEqual(['marketplace.booking.resolve-dispute']);
    expect((await market.mutate('disputeNoShow', { bookingId: id, statement: 'Again' }, tutor)).refused).toHaveLength(
      1,
    );
    expect((await market.mutate('resolveDispute', { bookingId: id, outcome }, staff)).refused).toEqual([
      'WRONG_STATUS',
    ]);
  });

  it('is settled for those who wait for the money when the report stands', async () => {
    const id = await disputed();
    await market.mutate('resolveDispute', { bookingId: id, outcome: 'NO_SHOW_STANDS' }, staff);
    expect((await toldOf(market, id)).at(-1)).toMatchObject({
      verb: 'no-show',
      data: { absent: 'TUTOR', refundPercent: 100, disputableUntil: null },
    });
  });

  it('waits in a list for staff, the oldest first', async () => {
    const ids = [await disputed()];
    [student, tutor] = [await market.student(), await market.tutor()];
    ids.push(await disputed());
    const query = 'query ($after: String) { disputedBookings(first: 100, after: $after) { edges { node { id } } } }';
    const listed = async () => {
      const found = await market.ids(query, 'disputedBookings', {}, staff);
      return found.filter((id) => ids.includes(id));
    };
    expect(await listed()).toEqual(ids);
    await market.mutate('resolveDispute', { bookingId: ids[0], outcome: 'REFUND' }, staff);
    expect(await listed()).toEqual([ids[1]]);
    for (const person of [student, tutor, curator]) {
      expect((await market.run(query, {}, person)).codes).toEqual(['FORBIDDEN']);
    }
  });

  it('must have words', async () => {
    const id = await planted({ status: 'NO_SHOW', inHours: -2 });
    const { userErrors } = await market.mutate('disputeNoShow', { bookingId: id, statement: ' ' }, tutor);
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['input', 'statement'] }]);
  });
});
