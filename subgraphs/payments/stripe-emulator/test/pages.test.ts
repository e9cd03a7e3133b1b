import { existsSync } from 'node:fs';
import { processSettings } from '@tutorgraph/kit/environment/environment';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStripeEmulator, type StripeEmulator } from '../src/emulator.js';

const CHROMIUM = processSettings()['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const QUIET = ['disable-gpu', 'disable-quic', 'no-first-run', 'disable-background-networking', 'disable-sync'];

describe.skipIf(!existsSync(CHROMIUM))('the pages in a browser without JavaScript', () => {
  let emulator: StripeEmulator;
  let stripe: Stripe;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** What the console said. */
  const complaints: string[] = [];

  beforeAll(async () => {
    emulator = createStripeEmulator();
    const { hostname, port } = new URL(await emulator.listen());
    stripe = new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--headless', '--no-sandbox', ...QUIET.map((flag) => `--${flag}`), '--disable-component-update'],
    });
    context = await browser.newContext({ javaScriptEnabled: false });
    // The integration, which is somewhere else.
    await context.route('https://app.example/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>Back</title>' }),
    );
    page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
  });
  afterAll(async () => {
    await browser.close();
    await emulator.close();
  });

  it('pays, by way of a decline and of 3-D Secure, and goes back to the integration', async () => {
    const session = await stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [
        {
          quantity: 4,
          price_data: {
            currency: 'usd',
            unit_amount: 2_500,
            product_data: { name: 'Algebra with Ada Lovelace', description: '60 minutes, online' },
          },
        },
        { quantity: 1, price_data: { currency: 'usd', unit_amount: 350, product_data: { name: 'Service fee' } } },
      ],
      success_url: 'https://app.example/paid?session={CHECKOUT_SESSION_ID}',
      cancel_url: 'https://app.example/cart',
    });
    await page.goto(session.url ?? '');
    await page.getByRole('button', { name: 'Pay $103.50' }).click();
    expect(await page.getByText('Your card number is incomplete.').isVisible()).toBe(true);
    const pay = async (number: string) => {
      await page.getByLabel('Email').fill('student@example.com');
      await page.getByLabel('Card number').fill(number);
      await page.getByLabel('Expiry').fill('12 / 34');
      await page.getByLabel('CVC').fill('123');
      await page.getByLabel('Name on the card').fill('Grace Hopper');
      await page.getByRole('button', { name: 'Pay $103.50' }).click();
    };
    await pay('4000 0000 0000 0002');
    expect(await page.getByRole('alert').textContent()).toBe('Your card was declined.');
    await pay('4000 0027 6000 3184');
    await page.getByRole('button', { name: 'Complete authentication' }).click();
    await page.waitForURL(`https://app.example/paid?session=${session.id}`);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: 'paid' });
  });

  it('onboards a connected account, and shows its money', async () => {
    const { id } = await stripe.accounts.create({
      email: 'tutor@example.com',
      capabilities: { transfers: { requested: true } },
    });
    const urls = { refresh_url: 'https://app.example/again', return_url: 'https://app.example/back' };
    const link = await stripe.accountLinks.create({ account: id, type: 'account_onboarding', ...urls });
    await page.goto(link.url);
    await page.getByLabel('First name').fill('Ada');
    await page.getByRole('button', { name: 'Agree and submit' }).click();
    expect(await page.getByLabel('First name').inputValue()).toBe('Ada');
    await page.getByLabel('Last name').fill('Lovelace');
    await page.getByLabel('Date of birth').fill('1985-12-10');
    await page.getByLabel('Routing number').fill('110000000');
    await page.getByLabel('Account number').fill('000123456789');
    await page.getByLabel('I accept the terms').check();
    await page.getByRole('button', { name: 'Agree and submit' }).click();
    await page.waitForURL('https://app.example/back');
    expect(await stripe.accounts.retrieve(id)).toMatchObject({ capabilities: { transfers: 'active' } });
    await page.goto((await stripe.accounts.createLoginLink(id)).url);
    expect(await page.getByText('$0.00').first().isVisible()).toBe(true);
  });

  it('complains of nothing', () => {
    // Chromium says of each refusal of a form that its status is no success.
    expect(complaints.filter((text) => !/status of 4(02|22)/.test(text))).toEqual([]);
  });
});
