import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runningEmbeddedPostgres } from '@tutorgraph/kit/database/embedded';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { book, freeSlots, readBooking, teachDaily } from './journey/booking-journey.js';
import { BUILD_WITHIN_MS, buildProject } from './journey/built-project.js';
import { applyToOrder, chooseApplication, createSubject, postOrder, signUp, signUpTutor } from './journey/journey.js';
import type { Person } from './journey/person.js';
import { SingleProcess } from './journey/single-process.js';
import { hasBrowser, launchBrowser } from './playground-browser.js';

const WITHIN_MS = 180_000;
const SOON = { timeout: 60_000, interval: 200 };
const BACK = { successUrl: 'http://localhost:5999/paid', cancelUrl: 'http://localhost:5999/cart' };
const A_DAY = 86_400;

const CHECKOUT = `mutation ($input: CreateCheckoutInput!) {
  createCheckout(input: $input) { payment { id checkoutUrl amount { amountMinor currency } } userErrors { code message } }
}`;
const CONFIRM = `mutation ($input: ConfirmPaymentInput!) {
  confirmPayment(input: $input) { payment { status receiptUrl } userErrors { code message } }
}`;
const ACCOUNT = `mutation ($input: CreatePayoutAccountInput!) {
  createPayoutAccount(input: $input) { account { transfersEnabled } userErrors { code message } }
}`;
const ONBOARDING = `mutation ($input: PayoutOnboardingLinkInput!) {
  payoutOnboardingLink(input: $input) { url userErrors { code message } }
}`;
const MY_ACCOUNT = '{ myPayoutAccount { transfersEnabled payoutsEnabled } }';
const COMPLETE = `mutation ($input: CompleteBookingInput!) {
  completeBooking(input: $input) { booking { status } userErrors { code message } }
}`;
const BALANCE = `{ myBalance { pending { amountMinor } available { amountMinor } withdrawable { amountMinor currency } } }`;
const WITHDRAW = `mutation ($input: RequestWithdrawalInput!) {
  requestWithdrawal(input: $input) { withdrawal { id status } userErrors { code message } }
}`;
const WITHDRAWAL = 'query ($id: ID!) { withdrawal(id: $id) { status amount { amountMinor currency } } }';

interface Balance {
  pending: { amountMinor: number };
  available: { amountMinor: number };
  withdrawable: { amountMinor: number; currency: string };
}

describe.skipIf(!hasBrowser())('from an order to money at the bank, in one process and in a browser', () => {
  let folder: string;
  let running: SingleProcess;
  let browser: Browser;

  beforeAll(async () => {
    await buildProject();
    folder = await mkdtemp(join(tmpdir(), 'tutorgraph-payday-'));
    running = new SingleProcess(folder, {
      DATA_DIR: join(folder, 'data'),
      SHARE_HOLD_HOURS: '0',
      CONNECT_COUNTRY: 'DE',
    });
    browser = await launchBrowser();
  }, BUILD_WITHIN_MS);
  afterAll(async () => {
    await browser?.close();
    await running?.end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  test('a student pays on the page, the lesson takes place, and the tutor is paid out', {
    timeout: WITHIN_MS,
  }, async () => {
    const endpoints = [await running.ready()];
    const databaseUrl = (await runningEmbeddedPostgres(join(folder, 'data'))) ?? '';
    const admin = await signUp(endpoints, { role: 'STUDENT', firstName: 'Ada' }, (email) =>
      runSql(databaseUrl, "update accounts.users set role = 'ADMIN' where email = $1", [email]),
    );
    const subjectId = await createSubject(admin);
    const { person: tutor, tutorId } = await signUpTutor(endpoints, subjectId, 'Boris');
    await teachDaily(tutor);
    const student = await signUp(endpoints, { role: 'STUDENT', firstName: 'Stella' });
    const orderId = await postOrder(student, subjectId);
    await chooseApplication(student, await applyToOrder(tutor, orderId, 'I can help'));
    const [slot] = await freeSlots(student, tutorId);
    const booked = await book(student, { slot: { tutorId, subjectId, startsAt: slot?.startsAt ?? '' } }, 'first');
    const bookingId = booked.booking?.id ?? '';

    const { createCheckout } = await student.run<{
      createCheckout: { payment: { id: string; checkoutUrl: string; amount: object } };
    }>(CHECKOUT, { input: { bookingId, ...BACK } });
    expect(createCheckout.payment.amount).toEqual({ amountMinor: 3_500, currency: 'EUR' });
    const page = await browser.newPage();
    await leadBack(page);
    await pay(page, createCheckout.payment.checkoutUrl, '4000 0000 0000 0002');
    await page
      .getByRole('alert')
      .getByText(/declined/)
      .waitFor();
    await pay(page, page.url(), '4000 0027 6000 3184');
    await page.getByRole('button', { name: /complete/i }).click();
    await page.waitForURL(/localhost:5999\/paid/);

    const confirmed = await student.run<{ confirmPayment: { payment: { status: string; receiptUrl: string } } }>(
      CONFIRM,
      {
        input: { paymentId: createCheckout.payment.id },
      },
    );
    expect(confirmed.confirmPayment.payment.status).toBe('SUCCEEDED');
    const receipt = await fetch(confirmed.confirmPayment.payment.receiptUrl);
    expect(receipt.headers.get('content-type')).toContain('application/pdf');
    expect(
      Buffer.from(await receipt.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    await vi.waitFor(async () => expect((await readBooking(student, bookingId))?.status).toBe('CONFIRMED'), SOON);
    expect(await balanceOf(tutor)).toMatchObject({ pending: { amountMinor: 2_345 } });

    await tutor.run(ACCOUNT, { input: {} });
    const { payoutOnboardingLink } = await tutor.run<{ payoutOnboardingLink: { url: string } }>(ONBOARDING, {
      input: { returnUrl: BACK.successUrl, refreshUrl: BACK.cancelUrl },
    });
    await onboard(page, payoutOnboardingLink.url);
    await vi.waitFor(async () => {
      const { myPayoutAccount } = await tutor.run<{ myPayoutAccount: object }>(MY_ACCOUNT);
      expect(myPayoutAccount).toEqual({ transfersEnabled: true, payoutsEnabled: true });
    }, SOON);

    await runSql(
      databaseUrl,
      `update marketplace.bookings set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' where id = $1`,
      [bookingId],
    );
    await tutor.run(COMPLETE, { input: { bookingId } });
    await vi.waitFor(
      async () => expect(await balanceOf(tutor)).toMatchObject({ withdrawable: { amountMinor: 2_345 } }),
      SOON,
    );
    // What a card has paid can be used some days later.
    await advance(running.stripeUrl, 4 * A_DAY);
    const amount = { amountMinor: 2_000, currency: 'EUR' };
    const { requestWithdrawal } = await tutor.run<{ requestWithdrawal: { withdrawal: { id: string } } }>(WITHDRAW, {
      input: { amount, idempotencyKey: 'payday' },
    });
    const { id } = requestWithdrawal.withdrawal;
    const standing = async () => (await tutor.run<{ withdrawal: object }>(WITHDRAWAL, { id })).withdrawal;
    await vi.waitFor(async () => expect(await standing()).toMatchObject({ status: 'PAYING' }), SOON);
    await advance(running.stripeUrl, 7 * A_DAY);
    await vi.waitFor(async () => expect(await standing()).toEqual({ status: 'PAID', amount }), SOON);
    expect(await balanceOf(tutor)).toMatchObject({
      pending: { amountMinor: 0 },
      available: { amountMinor: 345 },
    });
  });
});

/** Where pages lead back to there is no front end: the browser is answered here. */
async function leadBack(page: Page): Promise<void> {
  await page.route('http://localhost:5999/**', (route) => route.fulfill({ body: 'Welcome back' }));
}

async function pay(page: Page, url: string, number: string): Promise<void> {
  if (page.url() !== url) await page.goto(url);
  await page.getByLabel('Email').fill('stella@journey.tutorgraph.example');
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiry').fill('12 / 40');
  await page.getByLabel('CVC').fill('123');
  await page.getByLabel('Name on the card').fill('Stella Journey');
  await page.getByRole('button', { name: /^Pay/ }).click();
}

async function onboard(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('First name').fill('Boris');
  await page.getByLabel('Last name').fill('Journey');
  await page.getByLabel('Date of birth').fill('1990-05-17');
  await page.getByLabel('IBAN').fill('DE89 3704 0044 0532 0130 00');
  await page.getByRole('checkbox').check();
  await page.locator('button[type=submit]').first().click();
  await page.waitForURL(/localhost:5999\/paid/);
}

async function balanceOf(tutor: Person): Promise<Balance | undefined> {
  return (await tutor.run<{ myBalance: Balance[] }>(BALANCE)).myBalance[0];
}

/** Lets days pass at Stripe. */
async function advance(stripeUrl: string, advanceSeconds: number): Promise<void> {
  const response = await fetch(`${stripeUrl}/_emulator/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sk_test_emulator' },
    body: JSON.stringify({ advanceSeconds }),
  });
  if (!response.ok) throw new Error(await response.text());
}
