import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestTutor, Till } from './till.js';

let till: Till;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;

beforeAll(async () => {
  till = await Till.open();
  ({ tutor, subjectId } = await till.teacher());
});

beforeEach(async () => {
  student = await till.student();
});

afterAll(() => till?.close());

const book = () => till.book({ student, tutor, subjectId });

describe('a lesson that is paid on Stripe’s page', () => {
  it('is confirmed, and its price is shared', async () => {
    const bookingId = await book();
    const paymentId = await till.pay(bookingId, student);
    expect(await till.bookingStatus(bookingId)).toBe('CONFIRMED');
    expect(await till.payment(paymentId)).toMatchObject({
      status: 'SUCCEEDED',
      share_status: 'PENDING',
      checkout_url: null,
      expires_at: null,
    });
    expect(await till.told(paymentId)).toEqual(['payment.opened', 'payment.succeeded']);
  });
});
