import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStripeEmulator, type StripeEmulator } from '../src/emulator.js';

let emulator: StripeEmulator;
let stripe: Stripe;

beforeAll(async () => {
  emulator = createStripeEmulator();
  const { hostname, port } = new URL(await emulator.listen());
  stripe = new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http' });
});

afterAll(() => emulator.close());

describe('customers', () => {
  it('are made, changed and deleted', async () => {
    const made = await stripe.customers.create({ email: 'ada@example.com', metadata: { user: '7', old: 'x' } });
    expect(made).toMatchObject({ object: 'customer', email: 'ada@example.com', metadata: { user: '7' }, name: null });
    const changed = await stripe.customers.update(made.id, { name: 'Ada', email: '', metadata: { old: '' } });
    expect(changed).toMatchObject({ name: 'Ada', email: null, metadata: { user: '7' } });
    expect(await stripe.customers.del(made.id)).toEqual({ id: made.id, object: 'customer', deleted: true });
    expect(await stripe.customers.retrieve(made.id)).toMatchObject({ deleted: true });
    await expect(stripe.customers.update(made.id, { name: 'Eve' })).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      message: `No such customer: '${made.id}'`,
    });
  });

  it('have cards, one of which pays when none is named, and lose them when they are deleted', async () => {
    const { id, ...made } = await stripe.customers.create({ payment_method: 'pm_card_visa' });
    expect(made.invoice_settings.default_payment_method).toBeNull();
    const [card] = (await stripe.customers.listPaymentMethods(id)).data;
    const invoice_settings = { default_payment_method: card?.id ?? '' };
    expect(await stripe.customers.update(id, { invoice_settings })).toMatchObject({ invoice_settings });
    const other = (await stripe.customers.create()).id;
    await expect(stripe.customers.update(other, { invoice_settings })).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'invoice_settings[default_payment_method]',
    });
    await stripe.customers.del(id);
    expect(await stripe.paymentMethods.retrieve(card?.id ?? '')).toMatchObject({ customer: null });
    await expect(stripe.paymentMethods.attach(card?.id ?? '', { customer: other })).rejects.toThrow(/was detached/);
  });
});
