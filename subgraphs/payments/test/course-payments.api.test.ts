import { newId } from '@tutorgraph/kit/database/id';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CARDS, type Outcome, Till } from './till.js';

const URLS = { successUrl: 'http://localhost:5173/paid', cancelUrl: 'http://localhost:5173/cart' };
const PRICE = 12_000;
const TAX = 2_000;

let till: Till;
let admin: TestPerson;
let student: TestPerson;
beforeAll(async () => {
  till = await Till.open({ TAX_PERCENT: '20' }, ['accounts', 'marketplace', 'learning', 'payments']);
  admin = await till.graph.person('ADMIN');
});
beforeEach(async () => {
  student = await till.student();
});
afterAll(() => till?.close());

/** A course of learning with a published version. */
async function course(policy = 'PAID'): Promise<string> {
  const [courseId, versionId] = [newId(), newId()];
  await till.sql(
    `insert into learning.courses (id, slug, title, description, language, enrollment_policy, price_minor, currency, length_days, certificate_rule, created_at, updated_at)
     values (?, ?, 'Grammar', 'All of it', 'en', ?, ?, 'EUR', 30, 'NONE', now(), now())`,
    [courseId, `course-${courseId}`, policy, PRICE],
  );
  await till.sql(
    `insert into learning.course_versions (id, course_id, number, status, published_at, created_at, updated_at)
     values (?, ?, 1, 'PUBLISHED', now(), now(), now())`,
    [versionId, courseId],
  );
  return courseId;
}

async function cohort(courseId: string, capacity: number): Promise<string> {
  const id = newId();
  await till.sql(
    `insert into learning.cohorts (id, course_id, title, starts_on, capacity, created_at, updated_at)
     values (?, ?, 'Autumn', '2026-01-01', ?, now(), now())`,
    [id, courseId, capacity],
  );
  return id;
}

const begin = (courseId: string, change: object = {}, who = student) =>
  till.mutate('payForCourse', { courseId, ...URLS, ...change }, who);
const paymentOf = ({ payload }: Outcome) => payload['payment'] as { id: string; checkoutUrl: string; status: string };
const refund = (paymentId: string, amountMinor?: number) =>
  till.mutate(
    'refundPayment',
    { paymentId, reason: 'As agreed', ...(amountMinor && { amount: { amountMinor, currency: 'EUR' } }) },
    admin,
  );

async function buy(courseId: string, change: object = {}, cardNumber?: string): Promise<string> {
  const payment = paymentOf(await begin(courseId, change));
  await till.payOnPage(payment.checkoutUrl, cardNumber);
  await till.settle();
  return payment.id;
}

async function enrolled(courseId: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await till.sql<Record<string, unknown>>(
    `select e.status, e.source, e.payment_id, e.cohort_id from learning.enrollments e
       join learning.students s on s.id = e.student_id where s.user_id = ? and e.course_id = ?`,
    [student.userId, courseId],
  );
  return row;
}

/** What the ledger has gained by something. */
async function booked(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await till.balances();
  await work();
  const after = await till.balances();
  const names = ['PLATFORM_CASH', 'TAX', 'COURSES', 'STRIPE_FEES', 'REFUNDS_IN_TRANSIT', 'COMMISSION'];
  return Object.fromEntries(names.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]));
}

describe('a course that is paid', () => {
  it('is its payer’s from then on, and all of the money but the tax is the platform’s', async () => {
    const courseId = await course();
    let paymentId = '';
    const gained = await booked(async () => {
      paymentId = await buy(courseId);
    });
    expect(gained).toMatchObject({ COURSES: TAX - PRICE, TAX: -TAX, COMMISSION: 0 });
    expect(gained['PLATFORM_CASH']).toBe(PRICE - (gained['STRIPE_FEES'] ?? 0));
    expect(await till.payment(paymentId)).toMatchObject({
      ...{ kind: 'COURSE', status: 'SUCCEEDED', tutor_id: null, share_status: 'NONE', tax_minor: String(TAX) },
    });
    expect(await enrolled(courseId)).toEqual({
      ...{ status: 'ACTIVE', source: 'PAYMENT', payment_id: paymentId, cohort_id: null },
    });
    const shown = await till.run(
      'query ($id: ID!) { payment(id: $id) { kind tutor { id } booking { id } package { id } course { id } receiptUrl } }',
      { id: paymentId },
      student,
    );
    expect(shown.data['payment']).toMatchObject({
      ...{ kind: 'COURSE', tutor: null, booking: null, package: null, course: { id: courseId } },
      receiptUrl: expect.stringContaining('http'),
    });
    const receipt = new URL(String((shown.data['payment'] as { receiptUrl: string }).receiptUrl));
    const pdf = await fetch(new URL(`${receipt.pathname}${receipt.search}`, till.origin));
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await begin(courseId)).refused).toEqual(['ALREADY_PAID']);
    expect(new Set(await till.told(paymentId))).toEqual(new Set(['course-payment.changed']));
  });

  it('is theirs until all of the money is back, and can be bought again then', async () => {
    const courseId = await course();
    const paymentId = await buy(courseId);
    const part = await booked(async () => {
      expect((await refund(paymentId, PRICE / 4)).refused).toEqual([]);
      await till.settle();
    });
    expect(part).toMatchObject({ COURSES: (PRICE - TAX) / 4, TAX: TAX / 4, REFUNDS_IN_TRANSIT: 0 });
    expect(await enrolled(courseId)).toMatchObject({ status: 'ACTIVE' });
    const rest = await booked(async () => {
      await refund(paymentId);
      await till.settle();
    });
    expect(rest).toMatchObject({ COURSES: ((PRICE - TAX) * 3) / 4, TAX: (TAX * 3) / 4 });
    expect(await till.payment(paymentId)).toMatchObject({ status: 'REFUNDED' });
    expect(await enrolled(courseId)).toMatchObject({ status: 'DROPPED', payment_id: null });
    const again = await buy(courseId);
    expect(await enrolled(courseId)).toMatchObject({ status: 'ACTIVE', payment_id: again });
  });

  it('that a cardholder disputes and wins is gone, at the cost of revenue and tax', async () => {
    const courseId = await course();
    const paymentId = await buy(courseId, {}, CARDS.disputed);
    const [dispute] = await till.sql<{ stripe_dispute_id: string }>(
      'select stripe_dispute_id from payments.disputes where payment_id = ?',
      [paymentId],
    );
    expect(await enrolled(courseId)).toMatchObject({ status: 'ACTIVE' });
    expect((await refund(paymentId)).refused).toEqual(['PAYMENT_DISPUTED']);
    const lost = await booked(async () => {
      await till.stripe.disputes.close(String(dispute?.stripe_dispute_id));
      await till.settle();
    });
    expect(lost).toMatchObject({ COURSES: PRICE - TAX, TAX });
    expect(await enrolled(courseId)).toMatchObject({ status: 'DROPPED' });
  });
});

describe('paying for a course', () => {
  it('begins once, also when it is asked for again, and goes on after a card was declined', async () => {
    const courseId = await course();
    const first = paymentOf(await begin(courseId));
    expect(paymentOf(await begin(courseId)).id).toBe(first.id);
    await till.payOnPage(first.checkoutUrl, CARDS.declined);
    await till.settle();
    expect(await enrolled(courseId)).toBeUndefined();
    const own = await till.mutate('payForCourse', { courseId }, student);
    expect(paymentOf(own).id).not.toBe(first.id);
    expect(own.payload['clientSecret']).toEqual(expect.any(String));
    expect(await till.payment(first.id)).toMatchObject({ status: 'CANCELLED' });
  });

  it('is for courses that are sold, to whoever has them not', async () => {
    for (const policy of ['OPEN', 'CLOSED']) {
      expect((await begin(await course(policy))).refused).toEqual(['NOT_OFFERED']);
    }
    expect((await begin(newId())).refused).toEqual(['NOT_OFFERED']);
    const courseId = await course();
    expect((await begin(courseId, { cohortId: newId() })).refused).toEqual(['NOT_OFFERED']);
    expect((await begin(courseId, { cancelUrl: null })).refused).toEqual(['INVALID_INPUT']);
    expect((await begin(courseId, { successUrl: 'https://evil.example' })).refused).toEqual(['INVALID_RETURN_URL']);
    const archived = await course();
    const begun = paymentOf(await begin(archived, { idempotencyKey: 'before' }));
    await till.sql('update learning.courses set archived_at = now() where id = ?', [archived]);
    expect((await begin(archived)).refused).toEqual(['NOT_OFFERED']);
    expect(paymentOf(await begin(archived, { idempotencyKey: 'before' })).id).toBe(begun.id);
  });

  it('gives the place in a cohort that was wanted, or the course without one when it is taken meanwhile', async () => {
    const courseId = await course();
    const cohortId = await cohort(courseId, 1);
    const other = await till.student();
    const late = paymentOf(await begin(courseId, { cohortId }, other));
    await buy(courseId, { cohortId });
    expect(await enrolled(courseId)).toMatchObject({ cohort_id: cohortId });
    await till.payOnPage(late.checkoutUrl);
    await till.settle();
    student = other;
    expect(await enrolled(courseId)).toMatchObject({ status: 'ACTIVE', cohort_id: null });
    student = await till.student();
    expect((await begin(courseId, { cohortId })).refused).toEqual(['NOT_OFFERED']);
  });

  it.runIf(isRealPostgres())('at once begins one payment', async () => {
    const courseId = await course();
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => begin(courseId)));
    expect(outcomes.flatMap(({ refused, codes }) => [...refused, ...codes])).toEqual([]);
    expect(new Set(outcomes.map((one) => paymentOf(one).id)).size).toBe(1);
  });
});
