import { createMessages, loadMessages } from '@tutorgraph/kit/messages/messages';
import { beforeAll, expect, it } from 'vitest';
import { type ReceiptFacts, wordReceipt } from './receipt.rules.js';

let messages: ReturnType<typeof createMessages>;

beforeAll(async () => {
  messages = createMessages(await loadMessages(new URL('../messages/', import.meta.url)));
});

const facts: ReceiptFacts = {
  paymentId: 'p1',
  method: 'CHECKOUT',
  amountMinor: 123_450,
  refundedMinor: 0,
  currency: 'EUR',
  paidAt: new Date('2026-11-21T23:30:00Z'),
  payer: 'Sam S.',
  tutor: 'Tanya T.',
  bought: { startsAt: new Date('2026-12-01T09:00:00Z'), minutes: 60, lessons: null },
};
const written = (change: Partial<ReceiptFacts>, locale: 'en' | 'ru' = 'en') => {
  const { title, lines, total, note } = wordReceipt({ ...facts, ...change }, locale, messages);
  return [title, ...[...lines, total].map(({ label, value }) => `${label}: ${value}`), note].map((line) =>
    line.replaceAll(/[\u00a0\u202f]/g, ' '),
  );
};

it('a receipt of a lesson tells who paid how much for what', () => {
  expect(written({})).toEqual([
    'Receipt',
    'Number: p1',
    'Paid: November 21, 2026 at 11:30 PM UTC',
    'Paid by: Sam S.',
    'Tutor: Tanya T.',
    'For: Lesson of 60 minutes',
    'Lesson begins: December 1, 2026 at 9:00 AM UTC',
    'Amount: €1,234.50',
    'Total: €1,234.50',
    'Paid by Stripe, which makes payments for us.',
  ]);
});

it('a receipt in Russian, of a package of which something went back', () => {
  const bought = { startsAt: null, minutes: 45, lessons: 5 };
  expect(written({ bought, refundedMinor: 23_450, payer: null }, 'ru')).toEqual([
    'Квитанция',
    'Номер: p1',
    'Оплачено: 21 ноября 2026 г. в 23:30 UTC',
    'Репетитор: Tanya T.',
    'Назначение: Пакет: 5 уроков по 45 мин',
    'Сумма: 1 234,50 €',
    'Возвращено: -234,50 €',
    'Итого: 1 000,00 €',
    'Платёж проведён через Stripe.',
  ]);
});

it.each([
  ['JPY', 'Amount: ¥123,450'],
  ['KWD', 'Amount: KWD 123.450'],
])('an amount in %s has as many digits as the currency', (currency, amount) => {
  expect(written({ currency })).toContain(amount);
});
