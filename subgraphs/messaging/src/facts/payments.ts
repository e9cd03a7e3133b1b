import { z } from 'zod';
import type { Ask, Question } from './ask.js';
import { money } from './lessons.js';

const PAYMENT = {
  room: 'payments',
  type: 'Payment',
  fields: ['status', 'amount { amountMinor currency }', 'refundedAmount { amountMinor currency }'],
  schema: z.object({ id: z.uuid(), status: z.string(), amount: money, refundedAmount: money }),
} satisfies Question;

/** Money of a student for a lesson or a package. */
export type Payment = z.output<typeof PAYMENT.schema>;

/** A payment; null when there is none. */
export function paymentOf(ask: Ask, id: string): Promise<Payment | null> {
  return ask.entity(PAYMENT, id);
}

const PACKAGE = {
  room: 'payments',
  type: 'LessonPackage',
  fields: ['status', 'lessons', 'validUntil', 'credit { amountMinor currency }', 'subject { id }'],
  schema: z.object({
    id: z.uuid(),
    status: z.string(),
    lessons: z.number().int(),
    validUntil: z.iso.datetime({ offset: true }).nullable(),
    credit: money,
    subject: z.object({ id: z.uuid() }),
  }),
} satisfies Question;

/** Several lessons that were bought at once. */
export type LessonPackage = z.output<typeof PACKAGE.schema>;

/** A package; null when there is none. */
export function packageOf(ask: Ask, id: string): Promise<LessonPackage | null> {
  return ask.entity(PACKAGE, id);
}

const WITHDRAWAL = {
  room: 'payments',
  name: 'withdrawal',
  query: `query ($id: ID!) { withdrawal(id: $id) { status amount { amountMinor currency } rejectionReason arrivesAt } }`,
  schema: z
    .object({
      status: z.string(),
      amount: money,
      rejectionReason: z.string().nullable(),
      arrivesAt: z.string().nullable(),
    })
    .nullable(),
};

/** Money on its way from a tutor's balance to their bank; null when there is none. */
export function withdrawalOf(ask: Ask, id: string): Promise<z.output<typeof WITHDRAWAL.schema>> {
  return ask.field(WITHDRAWAL, { id });
}

const TRANSFER = {
  room: 'payments',
  name: 'transfer',
  query: `query ($id: ID!) { transfer(id: $id) { amount { amountMinor currency } reversed { amountMinor currency } } }`,
  schema: z.object({ amount: money, reversed: money }).nullable(),
};

/** Money that went to a tutor; null when there is none. */
export function transferOf(ask: Ask, id: string): Promise<z.output<typeof TRANSFER.schema>> {
  return ask.field(TRANSFER, { id });
}
