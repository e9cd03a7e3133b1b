import type { Messages } from '@tutorgraph/kit/messages/messages';
import type { PaymentMethodKind } from '../payments/payment.rules.js';
import type { ReceiptLocale } from './receipt-urls.js';

/** What a receipt is made of. */
export interface ReceiptFacts {
  paymentId: string;
  method: PaymentMethodKind;
  amountMinor: number;
  refundedMinor: number;
  currency: string;
  paidAt: Date;
  /** Null for one who has left. */
  payer: string | null;
  tutor: string | null;
  /** One lesson of so many minutes at its time, a package of lessons, or a course by its title. */
  bought: { startsAt: Date | null; minutes: number; lessons: number | null; course?: string };
}

/** A receipt as it is read, from top to bottom. */
export interface ReceiptText {
  title: string;
  lines: readonly { label: string; value: string }[];
  total: { label: string; value: string };
  note: string;
}

/** Words a receipt in a language. Times are in UTC and say so: it is read anywhere. */
export function wordReceipt(facts: ReceiptFacts, locale: ReceiptLocale, messages: Messages): ReceiptText {
  const say = (key: string, values: Record<string, string | number> = {}) => messages(locale, key, values);
  const money = (minor: number) => formatMoney(minor, facts.currency, locale);
  const { bought, refundedMinor, amountMinor } = facts;
  const line = (key: string, value: string | null) => (value === null ? [] : [{ label: say(key), value }]);
  return {
    title: say('RECEIPT_TITLE'),
    lines: [
      ...line('RECEIPT_NUMBER', facts.paymentId),
      ...line('RECEIPT_PAID_AT', formatTime(facts.paidAt, locale)),
      ...line('RECEIPT_PAYER', facts.payer),
      ...line('RECEIPT_TUTOR', facts.tutor),
      ...line('RECEIPT_FOR', whatWasBought(bought, say)),
      ...line('RECEIPT_LESSON_AT', bought.startsAt && formatTime(bought.startsAt, locale)),
      ...line('RECEIPT_AMOUNT', money(amountMinor)),
      ...line('RECEIPT_REFUNDED', refundedMinor > 0 ? money(-refundedMinor) : null),
    ],
    total: { label: say('RECEIPT_TOTAL'), value: money(amountMinor - refundedMinor) },
    note: say(facts.method === 'PACKAGE' ? 'RECEIPT_BY_PACKAGE' : 'RECEIPT_BY_CARD'),
  };
}

function whatWasBought(
  { course, lessons, minutes }: ReceiptFacts['bought'],
  say: (key: string, values: Record<string, string | number>) => string,
): string {
  if (course !== undefined) return say('RECEIPT_COURSE', { course });
  return lessons === null
    ? say('RECEIPT_LESSON', { count: minutes })
    : say('RECEIPT_PACKAGE', { count: lessons, minutes });
}

function formatMoney(minor: number, currency: string, locale: ReceiptLocale): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return format.format(minor / 10 ** digits);
}

function formatTime(time: Date, locale: ReceiptLocale): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(time)} UTC`;
}
