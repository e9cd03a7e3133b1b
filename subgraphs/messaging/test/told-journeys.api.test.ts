import { newId } from '@tutorgraph/kit/database/id';
import { userSuspended, userVerified } from '@tutorgraph/schema/events/accounts';
import { bookingConfirmed, bookingReminderDue, verificationSubmitted } from '@tutorgraph/schema/events/marketplace';
import { premiumPastDue, reconciliationDiffered } from '@tutorgraph/schema/events/payments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Told } from './told.js';

let told: Told;

beforeAll(async () => {
  told = await Told.open();
});

afterAll(() => told.close());

describe('an order', () => {
  it('tells the student who applied, and each tutor what became of it', async () => {
    const [student, subjectId] = [await told.student(), await told.subject()];
    const [chosen, other] = [await told.tutor(), await told.tutor('Other')];
    const order = { subjectId, level: 'EXAM', title: 'Algebra before the exam', format: 'ONLINE' };
    const orderId = await told.made('postOrder', order, student, 'order');
    const apply = (tutor: typeof chosen) => {
      const proposedRate = { amountMinor: 3_000, currency: 'EUR' };
      return told.made('applyToOrder', { orderId, message: 'I can help.', proposedRate }, tutor, 'application');
    };
    const applicationId = await apply(chosen);
    await told.heard();
    await apply(other);
    await told.heard();
    await told.made('chooseApplication', { applicationId }, student);
    await told.heard();
    expect(await told.toldTo(student, 'ru')).toEqual([
      'APPLICATION_RECEIVED: Новый отклик: Tanya T.',
      'APPLICATION_RECEIVED: Новый отклик: Tanya O.',
    ]);
    expect(await told.toldTo(chosen)).toEqual(['APPLICATION_CHOSEN: Anna K. chose you!']);
    expect(await told.toldTo(other)).toEqual(['APPLICATION_NOT_CHOSEN: An order you applied to is closed']);
    const [first] = await told.notificationsOf(student.userId);
    expect(first).toMatchObject({ targetKind: 'APPLICATION', targetId: applicationId, urgency: 'NORMAL' });
  });
});

describe('a lesson', () => {
  it('tells its two people and staff as it goes, and who cancels is not told of it', async () => {
    const [student, subjectId] = [await told.student(), await told.subject()];
    const [tutor, supervisor] = [await told.teacher(subjectId), await told.graph.person('SUPERVISOR')];
    const bookingId = await told.booking(student, tutor, subjectId);
    await told.heard();
    expect(await told.toldTo(student)).toEqual(['BOOKING_PAYMENT_AWAITED: Pay €25 to keep your lesson']);
    await told.made('markBookingPaid', { bookingId, reason: 'Paid in cash' }, supervisor);
    await told.heard();
    expect(await told.toldTo(tutor)).toEqual(['BOOKING_CONFIRMED: Lesson confirmed: Mathematics']);
    expect(await told.typesTo(supervisor)).toEqual(['BOOKING_MADE']);
    await told.made('cancelBooking', { bookingId, reason: 'I am ill' }, tutor);
    await told.heard();
    expect(await told.typesTo(student)).toEqual(['BOOKING_CANCELLED', 'BOOKING_CONFIRMED', 'BOOKING_PAYMENT_AWAITED']);
    expect(await told.typesTo(tutor)).toEqual(['BOOKING_CONFIRMED']);
  });

  it('of a series is told with the others: who learns and who teaches hear once of all that is confirmed or cancelled', async () => {
    const [student, subjectId] = [await told.student(), await told.subject()];
    const tutor = await told.teacher(subjectId);
    const bookings = [
      await told.confirmedBooking(student, tutor, subjectId),
      await told.confirmedBooking(student, tutor, subjectId, 96),
    ];
    await told.heard();
    await told.sql(`delete from messaging.notifications where user_id = any(?::uuid[])`, [
      `{${student.userId},${tutor.userId}}`,
    ]);
    const seriesId = newId();
    await told.sql(`update marketplace.bookings set series_id = ? where id = any(?::uuid[])`, [
      seriesId,
      `{${bookings.join(',')}}`,
    ]);
    const data = {
      orderId: null,
      applicationId: null,
      tutorId: tutor.tutorId,
      studentId: student.userId,
      status: 'CONFIRMED',
    };
    for (const bookingId of bookings) await told.says(bookingConfirmed, bookingId, data);
    await told.heard();
    expect(await told.toldTo(tutor)).toEqual(['BOOKING_CONFIRMED: Lessons confirmed: Mathematics']);
    await told.made('cancelSeries', { seriesId, reason: 'I move away' }, student, 'cancelled');
    await told.heard();
    expect(await told.toldTo(tutor)).toEqual([
      'BOOKING_CONFIRMED: Lessons confirmed: Mathematics',
      'BOOKING_CANCELLED: Several lessons cancelled: Mathematics',
    ]);
    expect(await told.typesTo(student)).toEqual(['BOOKING_CONFIRMED']);
  });

  it('reminds both a day and an hour before, once each, and of nothing that is over or not to be', async () => {
    const [student, subjectId] = [await told.student(), await told.subject()];
    const tutor = await told.teacher(subjectId);
    const [coming, begun, late] = [
      await told.confirmedBooking(student, tutor, subjectId),
      newId(),
      await told.confirmedBooking(await told.student(), await told.teacher(subjectId), subjectId),
    ];
    const { userId: studentId } = student;
    const data = { orderId: null, applicationId: null, tutorId: tutor.tutorId, studentId, status: 'CONFIRMED' };
    const remind = (bookingId: string, hoursBefore: number, change = {}) =>
      told.says(bookingReminderDue, bookingId, { ...data, hoursBefore }, change);
    await remind(coming, 24);
    await remind(coming, 1);
    await remind(begun, 24);
    const long = new Date(Date.now() - 49 * 3_600_000).toISOString();
    await remind(late, 24, { time: long });
    await told.heard();
    const reminders = (await told.notificationsOf(studentId)).filter(({ type }) => type.startsWith('BOOKING_REMINDER'));
    expect(reminders.map(({ type }) => type)).toEqual(['BOOKING_REMINDER_DAY', 'BOOKING_REMINDER_HOUR']);
    expect((await told.typesTo(tutor)).filter((type) => type.startsWith('BOOKING_REMINDER'))).toHaveLength(2);
    await told.sql(
      `update marketplace.bookings set starts_at = now() - interval '1 minute',
      ends_at = now() + interval '59 minutes' where id = ?`,
      [late],
    );
    await remind(late, 1);
    await told.heard();
    const [row] = (await told.sql(
      `select count(*) from messaging.notifications where target_id = ? and type like 'BOOKING_REMINDER%'`,
      [late],
    )) as { count: string }[];
    expect(Number(row?.count)).toBe(0);
  });

  it('that was not paid in time is told to whoever was asked to pay, and to nobody for a time that was only held', async () => {
    const [student, subjectId] = [await told.student(), await told.subject()];
    const tutor = await told.teacher(subjectId);
    const bookingId = await told.booking(student, tutor, subjectId);
    await told.heard();
    await told.sql(`update marketplace.bookings set expires_at = now() - interval '1 second' where id = ?`, [
      bookingId,
    ]);
    // Whoever books next finds it expired.
    const other = await told.student();
    await told.booking(other, tutor, subjectId);
    await told.heard();
    expect(await told.typesTo(student)).toEqual(['BOOKING_EXPIRED', 'BOOKING_PAYMENT_AWAITED']);
  });
});

describe('who is told', () => {
  it('is staff with the permission, and never twice', async () => {
    const [hr, curator] = [await told.graph.person('HR'), await told.graph.person('CURATOR')];
    const tutor = await told.tutor();
    const data = { tutorId: tutor.tutorId, userId: tutor.userId, kind: 'DIPLOMA' };
    const event = await told.says(verificationSubmitted, newId(), data);
    await told.heard();
    // The same event once more, as after a crash between its publication and the note of it.
    await told.says(verificationSubmitted, event.subject, data, { id: event.id });
    await told.heard();
    expect(await told.toldTo(hr)).toEqual(['VERIFICATION_SUBMITTED: To verify: diploma, Tanya T.']);
    expect(await told.typesTo(curator)).toEqual([]);
  });

  it('is nobody whose account is gone or suspended, but for the suspension itself', async () => {
    const [erased, suspended] = [await told.tutor(), await told.tutor()];
    await told.sql(`update accounts.users set erased_at = now() where id = ?`, [erased.userId]);
    await told.sql(`update accounts.users set suspended_at = now() where id = ?`, [suspended.userId]);
    const graceUntil = new Date().toISOString();
    for (const { userId, tutorId } of [erased, suspended]) {
      await told.says(premiumPastDue, newId(), { tutorId, userId, graceUntil });
      await told.says(userSuspended, userId, {});
    }
    await told.says(userSuspended, newId(), {});
    await told.heard();
    expect(await told.typesTo(suspended)).toEqual(['ACCOUNT_SUSPENDED']);
    expect(await told.typesTo(erased)).toEqual([]);
  });

  it('is welcomed once, however often an address is proven', async () => {
    const student = await told.student();
    await told.says(userVerified, student.userId, {});
    await told.says(userVerified, student.userId, {});
    await told.heard();
    expect(await told.typesTo(student)).toEqual(['WELCOME']);
  });
});

describe('a room that does not answer', () => {
  it('delays what people are told, and loses nothing', async () => {
    const admin = await told.graph.person('ADMIN');
    await told.sql('alter table accounts.users rename to users_away');
    await told.says(reconciliationDiffered, newId(), { differences: 2 });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await told.typesTo(admin)).not.toContain('RECONCILIATION_DIFFERED');
    await told.sql('alter table accounts.users_away rename to users');
    await told.heard();
    expect(await told.toldTo(admin)).toContain('RECONCILIATION_DIFFERED: The ledger differs from Stripe at 2 places');
  });
});
