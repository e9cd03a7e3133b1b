import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createStripeEmulator, type StripeEmulator } from '../src/emulator.js';

let emulator: StripeEmulator;
let origin: string;
let stripe: Stripe;

beforeAll(async () => {
  emulator = createStripeEmulator();
  origin = await emulator.listen();
  const { hostname, port } = new URL(origin);
  stripe = new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
});

afterAll(() => emulator.close());

const PDF = Buffer.from('%PDF-1.7\nA lesson took place.');

async function paidCharge(payment_method = 'pm_card_visa'): Promise<string> {
  const intent = await stripe.paymentIntents.create({
    amount: 10_000,
    currency: 'usd',
    payment_method,
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
  return String(intent.latest_charge);
}

async function available(): Promise<number> {
  return (await stripe.balance.retrieve()).available[0]?.amount ?? 0;
}

async function control(path: string, body: object): Promise<Response> {
  const headers = { authorization: 'Bearer sk_test_emulator', 'content-type': 'application/json' };
  return fetch(`${origin}/_emulator/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function disputed(): Promise<Stripe.Dispute> {
  const opened = await control('disputes', { charge: await paidCharge() });
  return (await opened.json()) as Stripe.Dispute;
}

const status = async (id: string) => (await stripe.disputes.retrieve(id)).status;

describe('disputes', () => {
  it('come with the cards made for them, and withdraw the money with a fee', async () => {
    const before = await available();
    const charge = await paidCharge('pm_card_createDispute');
    const [dispute] = await vi.waitFor(async () => {
      const { data } = await stripe.disputes.list({ charge });
      expect(data).toHaveLength(1);
      return data;
    });
    expect(dispute).toMatchObject({
      object: 'dispute',
      amount: 10_000,
      reason: 'fraudulent',
      status: 'needs_response',
      balance_transactions: [{ amount: -10_000, fee: 1_500, net: -11_500, reporting_category: 'dispute' }],
    });
    expect(await available()).toBe(before - 11_500);
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ disputed: true });
    await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({ code: 'charge_disputed' });
    const types = [...emulator.store.rows('event', 'acct_1EmulatorPlatform')].map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn']);
  });

  it('are won by winning evidence, which gives the money back without the fee', async () => {
    const { id } = await disputed();
    const file = await stripe.files.create({
      purpose: 'dispute_evidence',
      file: { data: PDF, name: 'lesson "1".pdf', type: 'application/pdf' },
    });
    expect(file).toMatchObject({ object: 'file', filename: 'lesson "1".pdf', size: PDF.length, type: 'pdf' });
    const staged = await stripe.disputes.update(id, { evidence: { receipt: file.id }, submit: false });
    expect(staged).toMatchObject({
      status: 'needs_response',
      evidence_details: { has_evidence: true, submission_count: 0 },
    });
    const before = await available();
    const sent = await stripe.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' } });
    expect(sent).toMatchObject({ status: 'under_review', evidence: { receipt: file.id } });
    await vi.waitFor(async () => expect(await status(id)).toBe('won'));
    expect(await available()).toBe(before + 10_000);
    expect((await stripe.disputes.retrieve(id)).balance_transactions).toHaveLength(2);
    await expect(stripe.disputes.update(id, { evidence: { customer_name: 'Ada' } })).rejects.toThrow('won');
    await expect(stripe.disputes.close(id)).rejects.toThrow('won');
  });

  it('are lost by losing evidence, by giving up, and by saying nothing in time', async () => {
    const [losing, givenUp, silent] = [await disputed(), await disputed(), await disputed()];
    await stripe.disputes.update(losing.id, { evidence: { uncategorized_text: 'losing_evidence' } });
    expect(await stripe.disputes.close(givenUp.id)).toMatchObject({ status: 'lost' });
    emulator.engine.setTime((silent.evidence_details.due_by ?? 0) - 1);
    expect(await status(silent.id)).toBe('needs_response');
    emulator.engine.setTime(silent.evidence_details.due_by ?? 0);
    expect(await stripe.disputes.retrieve(silent.id)).toMatchObject({
      status: 'lost',
      evidence_details: { past_due: true },
    });
    expect(await status(losing.id)).toBe('lost');
    const { data } = await stripe.balanceTransactions.list({ type: 'adjustment', source: losing.id });
    expect(data).toHaveLength(1);
    expect((await stripe.disputes.retrieve(losing.id)).balance_transactions).toHaveLength(1);
  });

  it('are decided by the bank, once, and a charge is disputed once', async () => {
    const { id, charge } = await disputed();
    expect((await control('disputes', { charge })).status).toBe(400);
    const closed = await control(`disputes/${id}/close`, { outcome: 'won' });
    expect(await closed.json()).toMatchObject({ id, status: 'won' });
    expect((await control(`disputes/${id}/close`, { outcome: 'lost' })).status).toBe(400);
    expect(await status(id)).toBe('won');
  });

  it('take as evidence only files that were uploaded for it, of types that a bank reads', async () => {
    const { id } = await disputed();
    const upload = (data: Buffer, purpose: 'dispute_evidence' | 'identity_document' = 'dispute_evidence') =>
      stripe.files.create({ purpose, file: { data, name: 'x', type: 'image/png' } });
    await expect(upload(Buffer.from('<script>'))).rejects.toMatchObject({ param: 'file' });
    await expect(upload(Buffer.alloc(5 * 1024 * 1024 + 1, PDF))).rejects.toThrow('5 MB');
    const passport = await upload(PDF, 'identity_document');
    for (const receipt of [passport.id, 'file_none']) {
      await expect(stripe.disputes.update(id, { evidence: { receipt } })).rejects.toMatchObject({
        code: 'resource_missing',
        param: 'evidence[receipt]',
      });
    }
    const half = 'x'.repeat(80_000);
    await expect(
      stripe.disputes.update(id, { evidence: { uncategorized_text: half, product_description: half } }),
    ).rejects.toMatchObject({ param: 'evidence' });
  });
});
