import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inHours, Market, NOBODY, type TestTutor } from './market.js';

let market: Market;
let subjectId: string;
let student: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  market = await Market.open();
  subjectId = await market.subject();
});

beforeEach(async () => {
  [student, tutor] = [await market.student(), await market.teacher(subjectId)];
});

afterAll(() => market.close());

const hold = (change: object = {}, person = student, teacher = tutor) =>
  market.mutate('holdSlot', { slot: market.slot(teacher, subjectId, inHours(72), change) }, person);
const book = (change: object = {}, person = student, teacher = tutor) =>
  market.mutate('createBooking', { slot: market.slot(teacher, subjectId, inHours(72), change) }, person);
const bookingOf = ({ payload }: { payload: Record<string, unknown> | null }) =>
  (payload?.['booking'] ?? { id: '', expiresAt: '' }) as { id: string; expiresAt: string };
const idOf = (outcome: { payload: Record<string, unknown> | null }) => bookingOf(outcome).id;
const minutesLeft = ({ payload }: { payload: Record<string, unknown> | null }) =>
  Math.round((new Date(bookingOf({ payload }).expiresAt).getTime() - Date.now()) / 60_000);
const eventsOf = async (id: string) =>
  (
    await market.sql<{ type: string }>(
      `select event ->> 'type' as type from marketplace.outbox where event ->> 'subject' = ? order by sequence`,
      [id],
    )
  ).map(({ type }) => type.replace('tutorgraph.marketplace.booking.', ''));

describe('holdSlot', () => {
  it('keeps a slot for five minutes at the offered rate', async () => {
    const { payload, userErrors } = await hold({ durationMinutes: 90 });
    expect(userErrors).toEqual([]);
    expect(payload).toMatchObject({
      booking: {
        status: 'HELD',
        kind: 'REGULAR',
        startsAt: inHours(72).toISOString(),
        durationMinutes: 90,
        price: { amountMinor: 2_500 },
        amount: { amountMinor: 3_750 },
      },
    });
    expect(minutesLeft({ payload })).toBe(5);
    expect(await eventsOf(idOf({ payload }))).toEqual(['held.v1']);
  });

  it('gives the slot to nobody else, and tells others of five free ones nearby in their own time', async () => {
    await hold();
    const other = await market.student();
    const slot = market.slot(tutor, subjectId, new Date(inHours(72).getTime() + 30 * 60_000));
    const { userErrors } = await market.mutate('holdSlot', { slot, timeZone: 'Asia/Kathmandu' }, other);
    expect(userErrors).toMatchObject([{ code: 'SLOT_TAKEN', alternatives: { length: 5 } }]);
    const alternatives = userErrors[0]?.alternatives ?? [];
    expect(alternatives.every(({ localStart }) => localStart.endsWith('+05:45'))).toBe(true);
    const [{ startsAt } = { startsAt: '' }] = alternatives;
    expect((await hold({ startsAt }, await market.student())).refused).toEqual([]);
  });

  it('gives the slot to others once its time is over, without waiting for a job', async () => {
    const id = idOf(await hold());
    await market.sql(`update marketplace.bookings set expires_at = now() where id = ?`, [id]);
    expect((await hold({}, await market.student())).refused).toEqual([]);
    expect(await market.sql('select status, expires_at from marketplace.bookings where id = ?', [id])).toEqual([
      { status: 'EXPIRED', expires_at: null },
    ]);
    expect(await eventsOf(id)).toEqual(['held.v1', 'expired.v1']);
  });

  it('allows three at a time', async () => {
    for (const hours of [24, 25, 26]) expect((await hold({ startsAt: inHours(hours) })).refused).toEqual([]);
    expect((await hold({ startsAt: inHours(27) })).refused).toEqual(['TOO_MANY_HOLDS']);
    await market.sql('update marketplace.bookings set expires_at = now() where student_id = ?', [student.userId]);
    expect((await hold({ startsAt: inHours(27) })).refused).toEqual([]);
  });

  it('is refused for a while of a time that was held and not booked, to whoever held it alone', async () => {
    const id = idOf(await hold());
    const lapse = (minutesAgo: number) =>
      market.sql(
        `update marketplace.bookings set created_at = now() - make_interval(mins => ?::int + 5),
           expires_at = now() - make_interval(mins => ?::int) where id = ?`,
        [minutesAgo, minutesAgo, id],
      );
    await lapse(2);
    const halfAnHourLater = new Date(inHours(72).getTime() + 30 * 60_000);
    const { userErrors } = await hold({ startsAt: halfAnHourLater });
    expect(userErrors).toMatchObject([{ code: 'HOLD_COOLDOWN', message: expect.stringContaining('8') }]);
    expect((await hold({ startsAt: inHours(74) })).refused, 'another time').toEqual([]);
    const other = await market.student();
    const held = await hold({}, other);
    expect(held.refused, 'another student').toEqual([]);
    expect((await hold()).refused, 'what is taken is taken').toEqual(['SLOT_TAKEN']);
    await market.mutate('releaseSlot', { bookingId: idOf(held) }, other);
    await market.sql(
      `update marketplace.bookings set created_at = now() - interval '16 minutes', updated_at = now() - interval '11 minutes' where id = ?`,
      [id],
    );
    expect((await hold()).refused, 'later').toEqual([]);
  });

  it('may be repeated by who gave the slot back soon, and does not keep anybody from booking', async () => {
    for (let count = 0; count < 2; count++) {
      const bookingId = idOf(await hold());
      expect(bookingId).not.toBe('');
      await market.mutate('releaseSlot', { bookingId }, student);
    }
    const lapsed = idOf(await hold());
    await market.sql(
      `update marketplace.bookings set created_at = now() - interval '5 minutes', expires_at = now() where id = ?`,
      [lapsed],
    );
    expect((await hold()).refused).toEqual(['HOLD_COOLDOWN']);
    expect((await book()).payload).toMatchObject({ booking: { status: 'PENDING_PAYMENT' } });
  });

  it('refuses what cannot be', async () => {
    expect((await hold({ startsAt: new Date(inHours(72).getTime() + 1) })).refused).toEqual(['INVALID_INPUT']);
    for (const durationMinutes of [10, 32, 245]) {
      expect((await hold({ durationMinutes })).refused).toEqual(['INVALID_INPUT']);
    }
    expect((await hold({ tutorId: NOBODY })).refused).toEqual(['NOT_FOUND']);
    expect((await hold({ tutorId: 'x' })).refused).toEqual(['NOT_FOUND']);
    expect((await hold({ subjectId: 'x' })).refused).toEqual(['NOT_FOUND']);
    expect((await hold({ subjectId: await market.subject() })).refused).toEqual(['NOT_OFFERED']);
    expect((await hold({ bookingId: NOBODY })).refused).toEqual(['NOT_FOUND']);
    expect((await hold({ startsAt: inHours(-5) })).refused).toEqual(['TOO_SOON']);
    expect((await hold({ startsAt: inHours(24 * 400) })).refused).toEqual(['TOO_FAR']);
    for (const startsAt of ['9999-12-31T23:30:00Z', '0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z']) {
      expect(await hold({ startsAt })).toMatchObject({ refused: ['INVALID_INPUT'], codes: [] });
    }
  });

  it('follows the schedule of the tutor', async () => {
    await market.sql('delete from marketplace.schedule_rules where tutor_id = ?', [tutor.tutorId]);
    expect((await hold()).userErrors).toMatchObject([{ code: 'OUTSIDE_AVAILABILITY', alternatives: [] }]);
    const limited = await market.teacher(subjectId);
    await market.sql('update marketplace.schedules set daily_limit = 1 where tutor_id = ?', [limited.tutorId]);
    const noon = new Date(`${inHours(72).toISOString().slice(0, 10)}T12:00:00Z`);
    expect((await hold({ startsAt: noon }, student, limited)).refused).toEqual([]);
    const { userErrors } = await hold({ startsAt: new Date(noon.getTime() + 7_200_000) }, student, limited);
    expect(userErrors).toMatchObject([{ code: 'LIMIT_REACHED', alternatives: { length: 5 } }]);
    const days = userErrors[0]?.alternatives?.map(({ startsAt }) => startsAt.slice(0, 10));
    expect(days).not.toContain(noon.toISOString().slice(0, 10));
  });

  it('is refused for tutors who hide, archived subjects and oneself', async () => {
    await market.sql('update marketplace.subjects set archived_at = now() where id = ?', [subjectId]);
    expect((await hold()).refused).toEqual(['SUBJECT_ARCHIVED']);
    await market.sql('update marketplace.subjects set archived_at = null where id = ?', [subjectId]);
    await market.booked(student, tutor, subjectId);
    await market.sql('update marketplace.tutors set hidden_at = now() where id = ?', [tutor.tutorId]);
    expect((await hold({ startsAt: inHours(24) })).refused).toEqual(['TUTOR_HIDDEN']);
    expect((await hold({ startsAt: inHours(24) }, await market.student())).refused).toEqual(['NOT_FOUND']);
    const own = await market.teacher(subjectId);
    await market.sql('update marketplace.tutors set user_id = ? where id = ?', [student.userId, own.tutorId]);
    expect((await hold({}, student, own)).refused).toEqual(['OWN_PROFILE']);
  });

  it('is for students', async () => {
    expect((await hold({}, tutor)).codes).toEqual(['FORBIDDEN']);
    expect((await hold({}, await market.graph.person('ADMIN'))).codes).toEqual(['FORBIDDEN']);
  });

  it('sees somebody who learns and teaches as one person', async () => {
    await market.booked(student, tutor, subjectId);
    const own = await market.teacher(subjectId);
    await market.sql('update marketplace.tutors set user_id = ? where id = ?', [student.userId, own.tutorId]);
    // Their student cannot have the hour in which they learn,
    expect((await hold({}, await market.student(), own)).refused).toEqual(['SLOT_TAKEN']);
    // and they cannot learn in the hour in which they teach.
    expect((await hold({ startsAt: inHours(30) }, await market.student(), own)).refused).toEqual([]);
    const other = await market.teacher(subjectId);
    const { userErrors } = await hold({ startsAt: inHours(30) }, student, other);
    expect(userErrors).toMatchObject([{ code: 'SLOT_TAKEN', alternatives: { length: 5 } }]);
  });
});

describe('other times', () => {
  it('are none at which the calendar of the student says that they are busy', async () => {
    await hold({}, await market.student());
    const [calendarId, from] = [NOBODY, new Date(inHours(72).getTime() - 12 * 3_600_000)];
    await market.sql(
      `insert into marketplace.external_calendars
         (id, user_id, kind, name, sealed_access, address_hash, host, status, last_read_at, next_read_at, created_at)
       values (?, ?, 'ICS', 'Mine', '', '', 'calendar.test', 'READABLE', now(), now() + interval '1 day', now())`,
      [calendarId, student.userId],
    );
    await market.sql(`insert into marketplace.busy_times (calendar_id, starts_at, ends_at) values (?, ?, ?)`, [
      calendarId,
      from,
      new Date(from.getTime() + 24 * 3_600_000),
    ]);
    const { userErrors } = await hold();
    expect(userErrors).toMatchObject([{ code: 'SLOT_TAKEN', alternatives: { length: 5 } }]);
    for (const { startsAt } of userErrors[0]?.alternatives ?? []) {
      expect(Math.abs(new Date(startsAt).getTime() - inHours(72).getTime())).toBeGreaterThanOrEqual(12 * 3_600_000);
    }
  });
});

describe('an agreed booking', () => {
  it('gets its time at the agreed price, and waits for one again when its hold ends', async () => {
    const id = await market.booking(student, tutor, 'UNSCHEDULED', subjectId);
    const { payload } = await hold({ bookingId: id });
    expect(payload).toMatchObject({ booking: { id, status: 'HELD', amount: { amountMinor: 3_000 } } });
    const released = await market.mutate('releaseSlot', { bookingId: id }, student);
    expect(released.payload).toMatchObject({ booking: { id, status: 'UNSCHEDULED', startsAt: null } });
    expect(await eventsOf(id)).toEqual(['created.v1', 'held.v1', 'expired.v1']);
    expect((await book({ bookingId: id })).payload).toMatchObject({ booking: { id, status: 'PENDING_PAYMENT' } });
    expect((await book({ bookingId: id, startsAt: inHours(90) })).refused).toEqual(['NOT_FOUND']);
  });

  it('is of one student, with one tutor, in one subject', async () => {
    const id = await market.booking(student, tutor, 'UNSCHEDULED', subjectId);
    const [other, elsewhere] = [await market.student(), await market.teacher(subjectId)];
    expect((await hold({ bookingId: id }, other)).refused).toEqual(['NOT_FOUND']);
    expect((await hold({ bookingId: id }, student, elsewhere)).refused).toEqual(['NOT_FOUND']);
  });
});

describe('releaseSlot', () => {
  it('gives a hold back, once', async () => {
    const id = idOf(await hold());
    const release = (person = student) => market.mutate('releaseSlot', { bookingId: id }, person);
    expect((await release(await market.student())).refused).toEqual(['NOT_FOUND']);
    expect((await release()).payload).toMatchObject({ booking: { status: 'EXPIRED', expiresAt: null } });
    expect((await release()).refused).toEqual(['NOT_HELD']);
    expect((await hold({}, await market.student())).refused).toEqual([]);
    expect((await market.mutate('releaseSlot', { bookingId: NOBODY }, student)).refused).toEqual(['NOT_FOUND']);
  });
});

describe('createBooking', () => {
  it('books what is held, which then waits 35 minutes for its payment', async () => {
    const id = idOf(await hold());
    const { payload } = await market.mutate('createBooking', { holdId: id }, student);
    expect(payload).toMatchObject({ booking: { id, status: 'PENDING_PAYMENT' } });
    expect(minutesLeft({ payload })).toBe(35);
    expect(await eventsOf(id)).toEqual(['held.v1', 'payment-awaited.v1']);
    expect((await market.mutate('createBooking', { holdId: id }, student)).refused).toEqual(['NOT_HELD']);
  });

  it('does not book a hold whose lesson should have begun', async () => {
    const holdId = idOf(await hold());
    const begun = `update marketplace.bookings set starts_at = now() - interval '1 minute', ends_at = now() + interval '1 hour' where id = ?`;
    await market.sql(begun, [holdId]);
    expect((await market.mutate('createBooking', { holdId }, student)).refused).toEqual(['HOLD_EXPIRED']);
  });

  it('does not book a hold whose time is over, or which is somebody else’s', async () => {
    const id = idOf(await hold());
    expect((await market.mutate('createBooking', { holdId: id }, await market.student())).refused).toEqual([
      'NOT_FOUND',
    ]);
    await market.sql(`update marketplace.bookings set expires_at = now() where id = ?`, [id]);
    expect((await market.mutate('createBooking', { holdId: id }, student)).refused).toEqual(['HOLD_EXPIRED']);
    await market.mutate('releaseSlot', { bookingId: id }, student);
    expect((await market.mutate('createBooking', { holdId: id }, student)).refused).toEqual(['HOLD_EXPIRED']);
  });

  it('wants a hold or a slot, not both, and no package for a trial', async () => {
    const slot = market.slot(tutor, subjectId, inHours(72));
    for (const input of [{}, { holdId: NOBODY, slot }, { slot, packageId: 'x' }]) {
      expect((await market.mutate('createBooking', input, student)).refused).toEqual(['INVALID_INPUT']);
    }
    const trial = { ...slot, kind: 'TRIAL', durationMinutes: 50 };
    const input = { slot: trial, packageId: NOBODY };
    expect((await market.mutate('createBooking', input, student)).refused).toEqual(['INVALID_INPUT']);
    const paid = { slot, packageId: NOBODY };
    expect((await market.mutate('createBooking', paid, student)).payload).toMatchObject({
      booking: { status: 'PENDING_PAYMENT' },
    });
  });

  it('confirms at once what costs nothing', async () => {
    const free = `update marketplace.policies set rules = jsonb_set(rules, '{trial,pricePercent}', ?)`;
    await market.sql(free, ['0']);
    const { payload } = await book({ kind: 'TRIAL', durationMinutes: 50 });
    await market.sql(free, ['100']);
    expect(payload).toMatchObject({ booking: { status: 'CONFIRMED', expiresAt: null, amount: { amountMinor: 0 } } });
  });

  it('agrees upon the rate: it stays for this student when the offer changes', async () => {
    await book();
    await market.sql('update marketplace.offerings set rate_minor = 9000 where tutor_id = ?', [tutor.tutorId]);
    expect((await book({ startsAt: inHours(80) })).payload).toMatchObject({
      booking: { price: { amountMinor: 2_500 } },
    });
    expect((await book({ startsAt: inHours(90) }, await market.student())).payload).toMatchObject({
      booking: { price: { amountMinor: 9_000 } },
    });
  });

  it('takes less commission the longer a tutor teaches, which the student does not see', async () => {
    const QUERY = 'query ($id: ID!) { booking(id: $id) { commissionPercent policy { version } } }';
    const first = idOf(await book());
    expect((await market.run(QUERY, { id: first }, tutor)).data).toMatchObject({ booking: { commissionPercent: 33 } });
    await market.sql(
      `update marketplace.bookings set status = 'COMPLETED', expires_at = null,
         starts_at = now() - interval '22 hours', ends_at = now() where id = ?`,
      [first],
    );
    const second = idOf(await book({ startsAt: inHours(80) }));
    expect((await market.run(QUERY, { id: second }, tutor)).data).toMatchObject({ booking: { commissionPercent: 28 } });
    expect((await market.run(QUERY, { id: second }, student)).data).toMatchObject({
      booking: { commissionPercent: null, policy: { version: 1 } },
    });
  });

  it('keeps one student from two tutors at one time', async () => {
    await book();
    const other = await market.teacher(subjectId);
    expect((await book({}, student, other)).refused).toEqual(['SLOT_TAKEN']);
  });
});

describe('a trial', () => {
  it('is one with each tutor, with three tutors, as long as the policy says', async () => {
    const trial = { kind: 'TRIAL', durationMinutes: 50 };
    expect((await book({ kind: 'TRIAL' })).refused).toEqual(['TRIAL_MINUTES']);
    expect((await book(trial)).payload).toMatchObject({ booking: { kind: 'TRIAL', amount: { amountMinor: 2_083 } } });
    expect((await book({ ...trial, startsAt: inHours(80) })).refused).toEqual(['TRIAL_TAKEN']);
    for (const hours of [81, 82]) {
      expect(
        (await book({ ...trial, startsAt: inHours(hours) }, student, await market.teacher(subjectId))).refused,
      ).toEqual([]);
    }
    const fourth = await market.teacher(subjectId);
    expect((await book({ ...trial, startsAt: inHours(83) }, student, fourth)).refused).toEqual(['TOO_MANY_TRIALS']);
    expect((await book({ startsAt: inHours(83) }, student, fourth)).refused).toEqual([]);
  });
});

describe('an idempotency key', () => {
  it('gives the first result again, and is refused for anything else', async () => {
    const input = { slot: market.slot(tutor, subjectId, inHours(72)), idempotencyKey: 'one' };
    const first = idOf(await market.mutate('createBooking', input, student));
    expect(idOf(await market.mutate('createBooking', input, student))).toBe(first);
    const other = { ...input, slot: { ...input.slot, durationMinutes: 30 } };
    // The scout would call the slot taken.
    expect((await market.mutate('createBooking', other, student)).refused).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    const held = { slot: market.slot(tutor, subjectId, inHours(90)), idempotencyKey: 'one' };
    const hold = idOf(await market.mutate('holdSlot', held, student));
    const release = { bookingId: hold, idempotencyKey: 'one' };
    for (let count = 0; count < 2; count++) {
      expect((await market.mutate('releaseSlot', release, student)).payload).toMatchObject({ booking: { id: hold } });
    }
  });

  it('of something that was refused may be tried again', async () => {
    await hold();
    const other = await market.student();
    const input = { slot: market.slot(tutor, subjectId, inHours(72)), idempotencyKey: 'two' };
    expect((await market.mutate('holdSlot', input, other)).refused).toEqual(['SLOT_TAKEN']);
    await market.sql('update marketplace.bookings set expires_at = now() where student_id = ?', [student.userId]);
    expect((await market.mutate('holdSlot', input, other)).refused).toEqual([]);
  });
});
