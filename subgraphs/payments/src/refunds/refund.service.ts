import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Money } from '@tutorgraph/kit/graphql/money';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { once } from '@tutorgraph/kit/idempotency/idempotency';
import type { z } from 'zod';
import { isDisputed } from '../disputes/dispute.repository.js';
import { lockPackage } from '../packages/package.repository.js';
import { lessonsLeft } from '../packages/package.rules.js';
import { Payment } from '../payments/payment.entity.js';
import { lockPayment, paymentsById } from '../payments/payment.repository.js';
import { isPaid } from '../payments/payment.rules.js';
import { packageLessonPrice } from '../payments/split.rules.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { Refund } from './refund.entity.js';
import { paymentRefund } from './refund.inputs.js';
import type { RefundErrorCode } from './refund.payloads.js';
import { lessonsWorth } from './refund.rules.js';
import { requestRefund } from './request-refund.js';
import { goesBack } from './return-to-package.js';

/** What became of a payment. */
export interface RefundedPayment {
  payment: Payment;
  /** Null when the lesson went back to its package. */
  refund: Refund | null;
}

type Asked = Omit<z.output<typeof paymentRefund>, 'idempotencyKey'>;
const AMOUNT = ['input', 'amount'];

/** Money that staff gives back. */
export class RefundService {
  constructor(private readonly operations: StripeOperations) {}

  /**
   * Gives money of a payment back to the student. A whole lesson that was paid from a package goes back to the package, as
   * long as that is in use.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, NOT_YOURSELF, NOT_PAID, PAYMENT_DISPUTED, OTHER_CURRENCY, NOTHING_LEFT, MORE_THAN_LEFT,
   * NO_WHOLE_LESSONS, IDEMPOTENCY_KEY_REUSED
   */
  async refund(context: RequestContext, input: unknown): Promise<RefundedPayment> {
    const { idempotencyKey: key, ...asked } = accept(paymentRefund, input, context.locale);
    const call = { viewerId: context.user.userId, mutation: 'refundPayment', key, input: asked };
    return transaction(context.em, (tx) =>
      once<RefundedPayment, { paymentId: string; refundId: string | null }>(tx, call, {
        work: () => this.refundNow(context, tx, asked),
        reference: ({ payment, refund }) => ({ paymentId: payment.id, refundId: refund?.id ?? null }),
        recall: async ({ paymentId, refundId }) => ({
          payment: await tx.findOneOrFail(Payment, { id: paymentId }),
          refund: refundId ? await tx.findOneOrFail(Refund, { id: refundId }) : null,
        }),
      }),
    );
  }

  /** An amount of a payment's refund. */
  async money(context: RequestContext, paymentId: string, amountMinor: number): Promise<Money> {
    const payment = await context.loader(paymentsById).load(paymentId);
    if (!payment) throw new Error(`Payment ${paymentId} does not exist`);
    return { amountMinor, currency: payment.currency };
  }

  private async refundNow(context: RequestContext, tx: EntityManager, asked: Asked): Promise<RefundedPayment> {
    const now = new Date();
    const payment = isId(asked.paymentId) ? await lockPayment(tx, asked.paymentId) : null;
    if (!payment) throw new Refusal<RefundErrorCode>('NOT_FOUND', ['input', 'paymentId']);
    if (context.isUser(payment.payerId)) throw new Refusal<RefundErrorCode>('NOT_YOURSELF', ['input', 'paymentId']);
    if (!isPaid(payment.status)) throw new Refusal<RefundErrorCode>('NOT_PAID', ['input', 'paymentId']);
    if (payment.frozenAt || (await isDisputed(tx, payment.id)))
      throw new Refusal<RefundErrorCode>('PAYMENT_DISPUTED', ['input', 'paymentId']);
    const amountMinor = await amountOf(tx, payment, asked, context.locale);
    recordStaffAction(tx, context, {
      action: 'payments.payment.refund',
      resource: 'Payment',
      resourceId: payment.id,
      userId: payment.payerId,
      fields: ['refundedAmount'],
    });
    if (amountMinor === payment.amountMinor && (await goesBack(tx, payment, now))) return { payment, refund: null };
    const { userId: requestedBy } = context.user;
    const why = { reason: 'BY_STAFF', cause: `staff:${newId()}`, requestedBy, note: asked.reason } as const;
    return { payment, refund: await requestRefund(tx, this.operations, payment, { amountMinor, ...why }, now) };
  }
}

/** @throws Refusal when so much cannot go back */
async function amountOf(tx: EntityManager, payment: Payment, { amount }: Asked, locale: string): Promise<number> {
  if (amount && amount.currency !== payment.currency) throw new Refusal<RefundErrorCode>('OTHER_CURRENCY', AMOUNT);
  if (payment.kind === 'PACKAGE') return amountOfLessons(tx, payment, amount?.amountMinor ?? null, locale);
  const left = payment.amountMinor - payment.refundedMinor;
  if (left === 0) throw new Refusal<RefundErrorCode>('NOTHING_LEFT');
  if (amount && amount.amountMinor > left) throw tooMuch('MORE_THAN_LEFT', left, payment, locale);
  return amount?.amountMinor ?? left;
}

async function amountOfLessons(
  tx: EntityManager,
  payment: Payment,
  amountMinor: number | null,
  locale: string,
): Promise<number> {
  const bought = await lockPackage(tx, payment.packageId ?? '');
  const credit = bought?.creditMinor ?? 0;
  const left = bought ? lessonsLeft(bought) : 0;
  if (credit === 0 || left === 0) throw new Refusal<RefundErrorCode>('NOTHING_LEFT');
  if (amountMinor !== null && amountMinor > credit) throw tooMuch('MORE_THAN_LEFT', credit, payment, locale);
  const worth = lessonsWorth(credit, left, amountMinor);
  if (!worth) throw tooMuch('NO_WHOLE_LESSONS', packageLessonPrice(credit, left), payment, locale);
  return worth.amountMinor;
}

function tooMuch(
  code: RefundErrorCode,
  minor: number,
  { currency }: Payment,
  locale: string,
): Refusal<RefundErrorCode> {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return new Refusal<RefundErrorCode>([
    { code, field: AMOUNT, values: { amount: format.format(minor / 10 ** digits) } },
  ]);
}
