import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CARDS, type TestTutor, Till } from './till.js';

const URLS = { successUrl: 'http://localhost:5173/saved', cancelUrl: 'http://localhost:5173/cards' };
const CHANGED = `subscription ($paymentId: ID, $after: String) {
  paymentChanged(paymentId: $paymentId, after: $after) { cursor payment { id status kind } } }`;

interface CardView {
  id: string;
  last4: string;
  isDefault: boolean;
}

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

describe('cards', () => {
  async function cards(person = student): Promise<CardView[]> {
    const { data } = await till.run('{ myCards { id last4 isDefault } }', {}, person);
    return data['myCards'] as CardView[];
  }

  async function saveCard(number: string): Promise<void> {
    const { payload } = await till.mutate('saveCard', URLS, student);
    await till.payOnPage(String(payload['url']), number);
    await till.settle();
  }

  it('are saved on a page of Stripe, or with a payment when the payer wants it', async () => {
    expect(await cards()).toEqual([]);
    await saveCard(CARDS.good);
    expect(await cards()).toEqual([{ id: expect.any(String), last4: '4242', isDefault: false }]);
    const input = { ...URLS, bookingId: await book(), saveCard: true };
    const { payload } = await till.mutate('createCheckout', input, student);
    await till.payOnPage((payload['payment'] as { checkoutUrl: string }).checkoutUrl, '5555555555554444');
    await till.pay(await book(), student);
    expect((await cards()).map(({ last4 }) => last4).sort()).toEqual(['4242', '4444']);
  });

  it('are used when they are the default one or are named, until they are removed', async () => {
    await saveCard(CARDS.good);
    const [card] = await cards();
    const cardId = card?.id ?? '';
    const methodOf = async (input: object) => {
      const { payload } = await till.mutate('createPaymentIntent', { bookingId: await book(), ...input }, student);
      const [intentId = ''] = String(payload['clientSecret']).split('_secret');
      return (await till.stripe.paymentIntents.retrieve(intentId)).payment_method;
    };
    expect(await methodOf({})).toBeNull();
    expect(await methodOf({ cardId })).toBe(cardId);
    const { payload } = await till.mutate('setDefaultCard', { cardId }, student);
    expect(payload['cards']).toEqual([{ id: cardId, isDefault: true }]);
    expect(await methodOf({})).toBe(cardId);
    expect((await till.mutate('removeCard', { cardId }, student)).payload['cards']).toEqual([]);
    expect(await methodOf({})).toBeNull();
    expect((await till.mutate('removeCard', { cardId }, student)).refused).toEqual(['NOT_FOUND']);
  });

  it('are nobody else’s', async () => {
    await saveCard(CARDS.good);
    const [{ id: cardId } = { id: '' }] = await cards();
    const other = await till.student();
    const bookingId = await till.book({ student: other, tutor, subjectId });
    for (const [field, input] of [
      ['setDefaultCard', { cardId }],
      ['removeCard', { cardId }],
      ['createPaymentIntent', { bookingId, cardId }],
    ] as const) {
      expect((await till.mutate(field, input, other)).refused, field).toEqual(['NOT_FOUND']);
    }
    expect(await cards(other)).toEqual([]);
    expect(await cards()).toHaveLength(1);
  });

  it('are found again when they were the default one and Stripe has lost them', async () => {
    await saveCard(CARDS.good);
    const [{ id: cardId } = { id: '' }] = await cards();
    await till.mutate('setDefaultCard', { cardId }, student);
    await till.stripe.paymentMethods.detach(cardId);
    const { payload } = await till.mutate('createPaymentIntent', { bookingId: await book() }, student);
    expect(payload['clientSecret']).toMatch(/_secret_/);
  });
});

describe('a receipt', () => {
  async function urlOf(paymentId: string, person: TestPerson): Promise<URL> {
    const { data } = await till.run('query ($id: ID!) { payment(id: $id) { receiptUrl } }', { id: paymentId }, person);
    const { receiptUrl } = data['payment'] as { receiptUrl: string };
    const url = new URL(receiptUrl);
    return new URL(`${url.pathname}${url.search}`, till.origin);
  }

  it('is a PDF behind an address that needs nobody to be signed in', async () => {
    const { paymentId } = await till.paidBooking({ student, tutor, subjectId });
    const url = await urlOf(paymentId, student);
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="receipt-${paymentId}.pdf"`,
      'cache-control': 'no-store',
    });
    const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    // It carries its own letters, Cyrillic ones too.
    expect(pdf).toContain('DejaVuSans');
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
  });

  it('is of a package, too, and of a lesson from one', async () => {
    const { packageId, paymentId } = await till.buyPackage(student, { tutor, subjectId });
    await till.book({ student, tutor, subjectId, packageId });
    await till.settle();
    const rows = await till.sql<{ id: string }>('select id from payments.payments where package_id = ?', [packageId]);
    expect(rows.map(({ id }) => id)).toContain(paymentId);
    expect(rows).toHaveLength(2);
    for (const { id } of rows) expect((await fetch(await urlOf(id, student))).status).toBe(200);
  });

  it('is refused to whoever changes the address, or comes too late', async () => {
    const { paymentId } = await till.paidBooking({ student, tutor, subjectId });
    const { paymentId: other } = await till.paidBooking({ student, tutor, subjectId });
    const url = await urlOf(paymentId, student);
    const changed = (change: (changing: URL) => void): URL => {
      const changing = new URL(url);
      change(changing);
      return changing;
    };
    const others = [
      changed(({ searchParams }) => searchParams.set('expires', '9999999999')),
      changed(({ searchParams }) => searchParams.set('lang', 'ru')),
      changed(({ searchParams }) => searchParams.set('signature', 'A'.repeat(43))),
      changed(({ searchParams }) => searchParams.delete('signature')),
      changed((changing) => {
        changing.pathname = changing.pathname.replace(paymentId, other);
      }),
      changed((changing) => {
        changing.pathname = changing.pathname.replace(paymentId, 'x');
      }),
    ];
    for (const address of others) expect((await fetch(address)).status, address.href).toBe(403);
  });
});

describe('paymentChanged', () => {
  interface Message {
    cursor: string;
    payment: { id: string; status: string; kind: string } | null;
  }

  async function watch(variables: object, person = student) {
    const messages = await till.graph.subscribe('payments', CHANGED, variables, person);
    return {
      next: async () => (await messages.next()).value.data.paymentChanged as Message,
      end: () => messages.return?.(),
    };
  }

  it('tells the payer how a payment goes, and goes on where it broke off', async () => {
    const watching = await watch({});
    const { cursor, payment } = await watching.next();
    expect(payment).toBeNull();
    const { id, checkoutUrl } = await till.checkout(await book(), student);
    expect((await watching.next()).payment).toMatchObject({ id, status: 'PENDING' });
    await till.payOnPage(checkoutUrl, CARDS.declined);
    await till.settle();
    expect((await watching.next()).payment).toMatchObject({ id });
    await watching.end();
    await till.payOnPage(checkoutUrl);
    await till.settle();
    const again = await watch({ after: cursor });
    const told: (string | undefined)[] = [];
    while (told.length < 3) {
      const message = await again.next();
      if (message.payment) told.push(message.payment.id);
    }
    await again.end();
    expect(told).toEqual([id, id, id]);
  });

  it('tells of a package’s payment when that is paid', async () => {
    const watching = await watch({});
    await watching.next();
    const { paymentId } = await till.buyPackage(student, { tutor, subjectId });
    expect((await watching.next()).payment).toMatchObject({ id: paymentId, kind: 'PACKAGE' });
    expect((await watching.next()).payment).toEqual({ id: paymentId, kind: 'PACKAGE', status: 'SUCCEEDED' });
    await watching.end();
    const one = await watch({ paymentId }, await till.graph.person('SUPERVISOR'));
    expect((await one.next()).payment).toBeNull();
    await one.end();
  });

  it('is for nobody else', async () => {
    const { id } = await till.checkout(await book(), student);
    for (const person of [await till.student(), tutor]) {
      await expect(watch({ paymentId: id }, person)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    }
  });
});
