import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestTutor, Till } from './till.js';

let till: Till;
let admin: TestPerson;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;

beforeAll(async () => {
  till = await Till.open({ SHARE_HOLD_HOURS: '0' });
  admin = await till.graph.person('ADMIN');
});

beforeEach(async () => {
  [student, { tutor, subjectId }] = [await till.student(), await till.teacher()];
});

afterAll(() => till?.close());

const paid = () => till.paidBooking({ student, tutor, subjectId });

async function complete(bookingId: string): Promise<void> {
  await till.sql(
    `update marketplace.bookings set status = 'IN_PROGRESS', started_at = now() - interval '65 minutes',
       starts_at = now() - interval '65 minutes', ends_at = now() - interval '5 minutes' where id = ?`,
    [bookingId],
  );
  await till.atMarket('completeBooking', { bookingId }, student);
  await till.settle();
}

/** A bank takes a payment back. @returns Stripe's id of the dispute */
async function open(paymentId: string, amount?: number): Promise<string> {
  const { stripe_charge_id: charge } = await till.payment(paymentId);
  const { id } = await till.act('/disputes', { charge, reason: 'product_not_received', ...(amount && { amount }) });
  return String(id);
}

const decide = (id: string, outcome: 'won' | 'lost') => till.act(`/disputes/${id}/close`, { outcome });

async function disputed(paymentId: string, amount?: number): Promise<string> {
  const id = await open(paymentId, amount);
  await till.settle();
  return id;
}

async function close(id: string, outcome: 'won' | 'lost'): Promise<void> {
  await decide(id, outcome);
  await till.settle();
}

async function ofTutor(): Promise<Record<string, number>> {
  const balances = await till.balances();
  const kinds = ['TUTOR_PENDING', 'TUTOR_AVAILABLE', 'TUTOR_FROZEN', 'TUTOR_OWES'];
  return Object.fromEntries(kinds.map((kind) => [kind, balances[`${kind}:${tutor.tutorId}`] ?? 0]));
}

/** What the platform has, by the ledger and by Stripe. */
async function cash(): Promise<[number, number]> {
  const { PLATFORM_CASH: ledger = 0 } = await till.balances();
  const balance = await till.stripe.balance.retrieve();
  const all = [...balance.available, ...balance.pending].filter(({ currency }) => currency === 'eur');
  return [ledger, all.reduce((sum, { amount }) => sum + amount, 0)];
}

async function row(paymentId: string): Promise<Record<string, unknown> | undefined> {
  const [dispute] = await till.sql<Record<string, unknown>>('select * from payments.disputes where payment_id = ?', [
    paymentId,
  ]);
  return dispute;
}

describe('a dispute of a cardholder', () => {
  it('freezes the share until it is won, and then the lesson is settled', async () => {
    const { bookingId, paymentId } = await paid();
    const share = -((await ofTutor())['TUTOR_PENDING'] ?? 0);
    const id = await disputed(paymentId);
    expect(await row(paymentId)).toMatchObject({
      status: 'NEEDS_RESPONSE',
      frozen_minor: String(share),
      closed_at: null,
    });
    expect(await ofTutor()).toMatchObject({ TUTOR_PENDING: 0, TUTOR_FROZEN: -share });
    await complete(bookingId);
    expect(await till.payment(paymentId)).toMatchObject({ share_status: 'PENDING' });
    expect((await till.mutate('refundPayment', { paymentId, reason: 'They ask' }, admin)).refused).toEqual([
      'PAYMENT_DISPUTED',
    ]);
    await close(id, 'won');
    await till.runJob('payments', 'settle-payments');
    await till.settle();
    expect(await till.payment(paymentId)).toMatchObject({
      status: 'SUCCEEDED',
      share_status: 'RELEASED',
      frozen_at: null,
    });
    expect(await ofTutor()).toMatchObject({ TUTOR_PENDING: 0, TUTOR_FROZEN: 0, TUTOR_AVAILABLE: -share });
    const [ledger, stripe] = await cash();
    expect(ledger).toBe(stripe);
    expect(await till.told(paymentId)).toEqual(expect.arrayContaining(['payment.disputed', 'payment.dispute-closed']));
  });

  it('that is lost takes the share, and nothing is paid back a second time', async () => {
    const { bookingId, paymentId } = await paid();
    const id = await disputed(paymentId);
    await till.atMarket('cancelBooking', { bookingId }, student);
    await till.settle();
    await close(id, 'lost');
    await till.runJob('payments', 'settle-payments');
    await till.settle();
    expect(await till.payment(paymentId)).toMatchObject({
      status: 'REFUNDED',
      refunded_minor: '2500',
      settle_at: null,
    });
    expect(await till.sql('select 1 from payments.refunds where payment_id = ?', [paymentId])).toEqual([]);
    expect(await ofTutor()).toEqual({ TUTOR_PENDING: 0, TUTOR_AVAILABLE: 0, TUTOR_FROZEN: 0, TUTOR_OWES: 0 });
    const [ledger, stripe] = await cash();
    expect(ledger).toBe(stripe);
  });

  it('that is lost takes back what was released already', async () => {
    const { bookingId, paymentId } = await paid();
    await complete(bookingId);
    const id = await disputed(paymentId);
    const { TUTOR_FROZEN: frozen = 0, TUTOR_AVAILABLE: available } = await ofTutor();
    expect(frozen).toBeLessThan(0);
    expect(available).toBe(0);
    await close(id, 'lost');
    expect(await ofTutor()).toEqual({ TUTOR_PENDING: 0, TUTOR_AVAILABLE: 0, TUTOR_FROZEN: 0, TUTOR_OWES: 0 });
    const transfers = await till.sql('select status from payments.transfers where payment_id = ?', [paymentId]);
    expect(transfers).toEqual([{ status: 'CANCELLED' }]);
  });

  it('keeps back the share of a refund that fails meanwhile', async () => {
    await till.onboard(tutor);
    // The bank sends refunds to this card back.
    const { bookingId, paymentId } = await till.paidBooking({ student, tutor, subjectId }, '4000000000005126');
    await complete(bookingId);
    const amount = { amountMinor: 1_000, currency: 'EUR' };
    await till.mutate('refundPayment', { paymentId, amount, reason: 'Ours' }, admin);
    await till.settle();
    const { transferred_minor: left } = await till.payment(paymentId);
    const id = await disputed(paymentId, 1_500);
    till.emulator.engine.setTime(Math.floor(Date.now() / 1_000) + 3_600);
    await till.settle();
    till.emulator.engine.setTime(Math.floor(Date.now() / 1_000));
    expect(await till.payment(paymentId)).toMatchObject({ refunded_minor: '0', transferred_minor: left });
    await close(id, 'won');
    await till.runJob('payments', 'transfer-waiting-shares');
    await till.settle();
    const { transferred_minor: all, share_minor: share } = await till.payment(paymentId);
    expect(all).toBe(share);
  });

  it('of a part freezes a part, and the tutor keeps the rest', async () => {
    const { bookingId, paymentId } = await paid();
    const share = -((await ofTutor())['TUTOR_PENDING'] ?? 0);
    const id = await disputed(paymentId, 1_000);
    expect(await ofTutor()).toMatchObject({ TUTOR_FROZEN: -share * 0.4 });
    await close(id, 'lost');
    await complete(bookingId);
    expect(await till.payment(paymentId)).toMatchObject({ status: 'PARTIALLY_REFUNDED', share_status: 'RELEASED' });
    expect(await ofTutor()).toMatchObject({ TUTOR_AVAILABLE: -share * 0.6, TUTOR_FROZEN: 0 });
  });

  it('is taken over whatever comes first: its end, or the payment itself', async () => {
    const bookingId = await till.book({ student, tutor, subjectId });
    const { id: paymentId, checkoutUrl } = await till.checkout(bookingId, student);
    await till.payOnPage(checkoutUrl);
    const [charge] = (await till.stripe.charges.list({ limit: 1 })).data;
    const { id } = await till.act('/disputes', { charge: charge?.id, reason: 'fraudulent' });
    await decide(String(id), 'lost');
    for (const event of till.undelivered().reverse()) expect(await till.deliver(event)).toBe(200);
    await till.settle();
    expect(await row(paymentId)).toMatchObject({ status: 'LOST' });
    expect(await till.payment(paymentId)).toMatchObject({ status: 'REFUNDED', refunded_minor: '2500' });
    const [ledger, stripe] = await cash();
    expect(ledger).toBe(stripe);
  });
});

describe('a refund on its way when the cardholder disputes the payment', () => {
  it.each(['won', 'lost'] as const)('is not lost when the dispute is %s', async (outcome) => {
    const { paymentId } = await paid();
    const id = await open(paymentId);
    // The dispute is not known here yet.
    await till.mutate('refundPayment', { paymentId, reason: 'They ask' }, admin);
    await expect
      .poll(async () => till.sql('select status, failure_code from payments.refunds where payment_id = ?', [paymentId]))
      .toEqual([{ status: 'PENDING', failure_code: 'charge_disputed' }]);
    await till.settle();
    await close(id, outcome);
    expect(await till.sql('select status from payments.refunds where payment_id = ?', [paymentId])).toEqual([
      { status: 'SUCCEEDED' },
    ]);
    expect(await till.payment(paymentId)).toMatchObject({
      status: 'REFUNDED',
      refunded_minor: '2500',
      frozen_at: null,
    });
    expect(await ofTutor()).toEqual({ TUTOR_PENDING: 0, TUTOR_AVAILABLE: 0, TUTOR_FROZEN: 0, TUTOR_OWES: 0 });
    const [ledger, stripe] = await cash();
    expect(ledger).toBe(stripe);
    const balances = await till.balances();
    expect(balances['REFUNDS_IN_TRANSIT'] ?? 0).toBe(0);
    expect(balances['DISPUTED'] ?? 0).toBe(0);
  });
});

describe('a dispute of a package', () => {
  it('takes the lessons that were not taken, and lets those that were be paid to the tutor', async () => {
    const { packageId, paymentId } = await till.buyPackage(student, { tutor, subjectId });
    const bookingId = await till.book({ student, tutor, subjectId, packageId });
    await till.settle();
    const [lesson] = await till.sql<{ id: string }>('select id from payments.payments where booking_id = ?', [
      bookingId,
    ]);
    const share = -((await ofTutor())['TUTOR_PENDING'] ?? 0);
    const id = await disputed(paymentId);
    await complete(bookingId);
    expect(await till.payment(lesson?.id ?? '')).toMatchObject({ share_status: 'PENDING' });
    await close(id, 'lost');
    await till.runJob('payments', 'settle-payments');
    await till.settle();
    expect(await till.payment(lesson?.id ?? '')).toMatchObject({ share_status: 'RELEASED' });
    expect(await ofTutor()).toMatchObject({ TUTOR_AVAILABLE: -share, TUTOR_PENDING: 0 });
    const [row] = await till.sql('select status, refunded_lessons, credit_minor from payments.packages where id = ?', [
      packageId,
    ]);
    expect(row).toEqual({ status: 'REFUNDED', refunded_lessons: 4, credit_minor: '0' });
    expect((await till.balances())[`STUDENT_CREDIT:${student.userId}`]).toBe(0);
  });
});

describe('evidence', () => {
  const submit = (input: object, person = admin) => till.mutate('submitDisputeEvidence', input, person);

  it('is sent to the bank once, and forgotten here', async () => {
    const { paymentId } = await paid();
    await disputed(paymentId);
    const { id: disputeId, stripe_dispute_id: stripeId } = (await row(paymentId)) ?? {};
    expect((await submit({ disputeId })).refused).toEqual(['EVIDENCE_MISSING']);
    expect((await submit({ disputeId, statement: 'They were there' }, student)).codes).toEqual(['FORBIDDEN']);
    const file = { kind: 'RECEIPT', uploadId: disputeId };
    expect((await submit({ disputeId, files: [file] })).refused).toEqual(['UPLOAD_NOT_FOUND']);
    const { payload } = await submit({ disputeId, customerName: 'Sam', submit: false });
    expect(payload['dispute']).toMatchObject({ status: 'NEEDS_RESPONSE', evidenceSubmittedAt: null });
    const sent = await submit({ disputeId, statement: 'winning_evidence' });
    expect(sent.payload['dispute']).toMatchObject({ evidenceSubmittedAt: expect.any(String) });
    const { evidence } = await till.stripe.disputes.retrieve(String(stripeId));
    expect(evidence).toMatchObject({ customer_name: 'Sam', uncategorized_text: 'winning_evidence' });
    const kept = await till.sql(`select input from payments.stripe_operations where kind = 'submit-dispute-evidence'`);
    expect(kept).toEqual([{ input: {} }, { input: {} }]);
    await till.settle();
    expect(await row(paymentId)).toMatchObject({ status: 'WON' });
    expect((await submit({ disputeId, statement: 'More' })).refused).toEqual(['EVIDENCE_NOT_WANTED']);
  });

  it('can have files that staff has uploaded', async () => {
    const { paymentId } = await paid();
    await disputed(paymentId);
    const { id: disputeId, stripe_dispute_id: stripeId } = (await row(paymentId)) ?? {};
    const key = `documents/${newId()}`;
    const pdf = Buffer.from('%PDF-1.4 evidence');
    await till.graph.files.storage.put(key, pdf, { contentType: 'application/pdf' });
    const uploadId = newId();
    await till.sql(
      `insert into accounts.uploads (id, user_id, kind, status, content_type, size, storage_key, created_at)
       values (?, ?, 'DOCUMENT', 'CONFIRMED', 'application/pdf', ?, ?, now())`,
      [uploadId, admin.userId, pdf.length, key],
    );
    const { refused } = await submit({ disputeId, files: [{ kind: 'SERVICE_DOCUMENTATION', uploadId }] });
    expect(refused).toEqual([]);
    const { evidence } = await till.stripe.disputes.retrieve(String(stripeId));
    const file = await till.stripe.files.retrieve(String(evidence.service_documentation));
    expect(file).toMatchObject({ purpose: 'dispute_evidence', size: pdf.length });
    await till.settle();
  });
});

describe('disputes', () => {
  it('are listed for staff by as many statements whatever their number, and seen with their payment', async () => {
    const [first, second] = [await paid(), await paid()];
    for (const { paymentId } of [first, second]) await disputed(paymentId);
    const query = `query ($first: Int) { disputes(first: $first, filter: { statuses: [NEEDS_RESPONSE] }) {
      edges { node { id status reason amount { amountMinor } payment { id disputes { id } } } } } }`;
    const counts: number[] = [];
    for (const wanted of [1, 2]) {
      const { statements, result } = await withStatements(() => till.run(query, { first: wanted }, admin));
      counts.push(statements.length);
      expect((result.data['disputes'] as { edges: unknown[] }).edges).toHaveLength(wanted);
    }
    expect(counts[1]).toBe(counts[0]);
    expect((await till.run(query, { first: 1 }, student)).codes).toEqual(['FORBIDDEN']);
    const own = 'query ($id: ID!) { payment(id: $id) { id disputes { id } } }';
    expect((await till.run(own, { id: first.paymentId }, student)).data['payment']).toEqual({
      id: first.paymentId,
      disputes: null,
    });
  });
});
