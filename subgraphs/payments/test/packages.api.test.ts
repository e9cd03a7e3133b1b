import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { returnLesson } from '../src/packages/return-lesson.js';
import { lockPayment } from '../src/payments/payment.repository.js';
import { type TestTutor, Till } from './till.js';

const PACKAGE = `query ($id: ID!) { package(id: $id) {
  status lessonsLeft amount { amountMinor } credit { amountMinor } payment { id status }
  student { id } tutor { id } subject { id } validUntil } }`;

let till: Till;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;

beforeAll(async () => {
  till = await Till.open();
  // 33.33 an hour, so that a package's price cannot be divided evenly.
  ({ tutor, subjectId } = await till.teacher(3_333));
});

beforeEach(async () => {
  student = await till.student();
});

afterAll(() => till?.close());

const buy = (lessons = 5) => till.buyPackage(student, { tutor, subjectId }, lessons);

async function take(packageId: string, change: object = {}): Promise<string> {
  const bookingId = await till.book({ student, tutor, subjectId, packageId, ...change });
  await till.settle();
  return bookingId;
}

async function packageRow(id: string): Promise<Record<string, unknown>> {
  const [row] = await till.sql<Record<string, unknown>>('select * from payments.packages where id = ?', [id]);
  return row ?? {};
}

async function lessonPayment(bookingId: string): Promise<Record<string, unknown>> {
  const [row] = await till.sql<Record<string, unknown>>('select * from payments.payments where booking_id = ?', [
    bookingId,
  ]);
  return row ?? {};
}

async function credit(): Promise<number> {
  return 0 - ((await till.balances())[`STUDENT_CREDIT:${student.userId}`] ?? 0);
}

/** Gives a lesson back to its package, as settlement does. */
async function giveBack(bookingId: string): Promise<boolean> {
  const { id } = await lessonPayment(bookingId);
  const em = till.graph.rooms.get('payments')?.orm.em;
  if (!em) throw new Error('The payments room was not started');
  return transaction(em, async (tx) => {
    const payment = await lockPayment(tx, String(id));
    return payment ? returnLesson(tx, payment, new Date()) : false;
  });
}

async function expire(packageId: string): Promise<void> {
  await till.sql(`update payments.packages set valid_until = now() - interval '1 second' where id = ?`, [packageId]);
  await till.runJob('payments', 'expire-packages');
  await till.settle();
}

describe('a package that is bought', () => {
  it('can be used once it is paid, and is its student’s credit', async () => {
    const { packageId, paymentId } = await buy();
    expect(await till.payment(paymentId)).toMatchObject({ kind: 'PACKAGE', status: 'SUCCEEDED', share_status: 'NONE' });
    const { data } = await till.run(PACKAGE, { id: packageId }, student);
    const price = Number((await till.payment(paymentId))['amount_minor']);
    expect(data['package']).toMatchObject({
      status: 'ACTIVE',
      lessonsLeft: 5,
      amount: { amountMinor: price },
      credit: { amountMinor: price },
      payment: { id: paymentId, status: 'SUCCEEDED' },
      student: { id: student.userId },
      tutor: { id: tutor.tutorId },
      subject: { id: subjectId },
    });
    expect(await credit()).toBe(price);
    expect(await till.told(packageId)).toEqual(['package.bought']);
    expect((await till.run(PACKAGE, { id: packageId }, tutor)).data).toEqual({ package: null });
    const mine = await till.run('{ myPackages { edges { node { id } } } }', {}, student);
    expect(mine.data['myPackages']).toEqual({ edges: [{ node: { id: packageId } }] });
  });

  it('is given up when nobody pays', async () => {
    const input = { tutorId: tutor.tutorId, subjectId, lessons: 5, durationMinutes: 60, idempotencyKey: 'mine' };
    const { payload } = await till.mutate('buyPackage', input, student);
    expect(payload['clientSecret']).toMatch(/_secret_/);
    expect((await till.mutate('buyPackage', input, student)).payload).toEqual(payload);
    const { id: packageId } = payload['package'] as { id: string };
    await till.sql(`update payments.payments set expires_at = now() - interval '1 second' where package_id = ?`, [
      packageId,
    ]);
    await till.runJob('payments', 'sweep-payments');
    await till.settle();
    expect(await packageRow(packageId)).toMatchObject({ status: 'CANCELLED', valid_until: null, credit_minor: '0' });
  });

  it('is one that the tutor offers', async () => {
    const input = { tutorId: tutor.tutorId, subjectId, lessons: 7, durationMinutes: 60 };
    expect((await till.mutate('buyPackage', input, student)).refused).toEqual(['NOT_OFFERED']);
    const half = { ...input, lessons: 5, successUrl: 'http://localhost/' };
    expect((await till.mutate('buyPackage', half, student)).refused).toEqual(['INVALID_INPUT']);
  });
});

describe('lessons from a package', () => {
  it('are confirmed at once and cost together what it did', async () => {
    const { packageId, paymentId } = await buy();
    const { amount_minor: price, stripe_charge_id: chargeId } = await till.payment(paymentId);
    const bookings: string[] = [];
    for (let lesson = 0; lesson < 5; lesson += 1) bookings.push(await take(packageId));
    const payments = await Promise.all(bookings.map(lessonPayment));
    expect(payments.reduce((sum, { amount_minor: amount }) => sum + Number(amount), 0)).toBe(Number(price));
    for (const payment of payments) {
      expect(payment).toMatchObject({ method: 'PACKAGE', status: 'SUCCEEDED', stripe_charge_id: chargeId });
    }
    for (const bookingId of bookings) expect(await till.bookingStatus(bookingId)).toBe('CONFIRMED');
    expect(await packageRow(packageId)).toMatchObject({ status: 'USED', used_lessons: 5, credit_minor: '0' });
    expect(await credit()).toBe(0);
  });

  it('are refused when they are others, or none is left; the student may pay otherwise', async () => {
    const { packageId } = await buy();
    const other = await till.teacher();
    const stranger = await till.student();
    const lessons = [
      await take(packageId, { durationMinutes: 90 }),
      await take(packageId, other),
      await take(packageId, { student: stranger }),
      await take('01900000-0000-7000-8000-000000000000'),
    ];
    for (const bookingId of lessons) {
      expect(await till.bookingStatus(bookingId)).toBe('PENDING_PAYMENT');
      expect(await lessonPayment(bookingId)).toEqual({});
    }
    expect(await till.told(packageId)).toEqual([
      'package.bought',
      'package.refused',
      'package.refused',
      'package.refused',
    ]);
    await till.pay(lessons[0] ?? '', student);
    expect(await till.bookingStatus(lessons[0] ?? '')).toBe('CONFIRMED');
    expect(await packageRow(packageId)).toMatchObject({ status: 'ACTIVE', used_lessons: 0 });
  });

  it('are refused while its cardholder disputes it', async () => {
    const { packageId, paymentId } = await buy();
    await till.sql('update payments.payments set frozen_at = now() where id = ?', [paymentId]);
    expect(await lessonPayment(await take(packageId))).toEqual({});
  });

  it('come back to it, once', async () => {
    const { packageId } = await buy();
    const before = await credit();
    const [bookingId] = [await take(packageId), await take(packageId)];
    expect(await giveBack(bookingId ?? '')).toBe(true);
    expect(await giveBack(bookingId ?? '')).toBe(false);
    const { amount_minor: other } = (
      await till.sql<{ amount_minor: string }>(
        `select amount_minor from payments.payments where package_id = ? and kind = 'LESSON' and status = 'SUCCEEDED'`,
        [packageId],
      )
    )[0] ?? { amount_minor: '0' };
    expect(await credit()).toBe(before - Number(other));
    expect(await packageRow(packageId)).toMatchObject({
      status: 'ACTIVE',
      used_lessons: 1,
      credit_minor: String(before - Number(other)),
    });
    expect(await lessonPayment(bookingId ?? '')).toMatchObject({ status: 'REFUNDED', share_status: 'NONE' });
  });

  it('can be booked again from a used package when one comes back', async () => {
    const { packageId } = await buy();
    const bookings: string[] = [];
    for (let lesson = 0; lesson < 5; lesson += 1) bookings.push(await take(packageId));
    expect(await giveBack(bookings[2] ?? '')).toBe(true);
    const again = await take(packageId);
    expect((await lessonPayment(again))['amount_minor']).toBe((await lessonPayment(bookings[2] ?? ''))['amount_minor']);
    expect(await packageRow(packageId)).toMatchObject({ status: 'USED', credit_minor: '0' });
  });
});

describe('a package whose time is over', () => {
  it('loses its credit to the platform, and lessons do not come back to it', async () => {
    const { packageId } = await buy();
    const bookingId = await take(packageId);
    const left = await credit();
    const breakage = (await till.balances())['BREAKAGE'] ?? 0;
    await expire(packageId);
    expect(await packageRow(packageId)).toMatchObject({ status: 'EXPIRED', credit_minor: '0' });
    expect(await credit()).toBe(0);
    expect((await till.balances())['BREAKAGE']).toBe(breakage - left);
    expect(await till.told(packageId)).toEqual(['package.bought', 'package.changed', 'package.expired']);
    expect(await giveBack(bookingId)).toBe(false);
    expect(await lessonPayment(await take(packageId))).toEqual({});
    await till.runJob('payments', 'expire-packages');
    expect((await till.balances())['BREAKAGE']).toBe(breakage - left);
  });
});
