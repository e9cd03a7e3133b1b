import { defineEntity, p } from '@mikro-orm/core';
import { type RefundReason, refundReasons } from '../refunds/refund.rules.js';
import {
  type PaymentKind,
  type PaymentMethodKind,
  type PaymentStatus,
  paymentKinds,
  paymentMethods,
  paymentStatuses,
  type ShareStatus,
  shareStatuses,
} from './payment.rules.js';

const PaymentSchema = defineEntity({
  name: 'Payment',
  tableName: 'payments',
  indexes: [
    { name: 'payments_of_payer', properties: ['payerId', 'createdAt', 'id'] },
    { name: 'payments_of_tutor', properties: ['tutorId', 'createdAt', 'id'] },
    { name: 'payments_by_time', properties: ['createdAt', 'id'] },
    { name: 'payments_of_package', properties: ['packageId'] },
    { name: 'payments_of_intent', properties: ['stripeIntentId'] },
    { name: 'payments_of_session', properties: ['stripeSessionId'] },
    { name: 'payments_of_charge', properties: ['stripeChargeId'] },
    { name: 'payments_paid', properties: ['paidAt'], where: `paid_at is not null` },
    { name: 'payments_to_settle', properties: ['settleAt'], where: `settle_at is not null` },
    { name: 'payments_to_expire', properties: ['expiresAt'], where: `status = any (array['PENDING', 'PROCESSING'])` },
    // No booking is ever paid twice: another payment begins when the former one has certainly ended.
    {
      name: 'payments_one_per_booking',
      expression: `create unique index payments_one_per_booking on payments.payments (booking_id) where status <> 'CANCELLED' and kind = 'LESSON'`,
    },
    {
      name: 'payments_one_per_package',
      expression: `create unique index payments_one_per_package on payments.payments (package_id) where status <> 'CANCELLED' and kind = 'PACKAGE'`,
    },
    // Whoever was paid back may buy the course again; who has paid is refused once that payment is locked.
    {
      name: 'payments_one_per_course',
      expression: `create unique index payments_one_per_course on payments.payments (payer_id, course_id) where status in ('PENDING', 'PROCESSING') and kind = 'COURSE'`,
    },
  ],
  checks: [
    { name: 'payments_amount_check', expression: `amount_minor > 0 and amount_minor <= 4000000000` },
    { name: 'payments_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    {
      name: 'payments_target_check',
      expression: `case kind when 'LESSON' then booking_id is not null when 'PACKAGE' then booking_id is null and package_id is not null else booking_id is null and package_id is null and course_id is not null end`,
    },
    {
      name: 'payments_course_check',
      expression: `case kind when 'COURSE' then tutor_id is null and share_minor = 0 else tutor_id is not null and course_id is null and cohort_id is null end`,
    },
    {
      name: 'payments_share_check',
      expression: `share_minor >= 0 and tax_minor >= 0 and share_minor + tax_minor <= amount_minor`,
    },
    { name: 'payments_refunded_check', expression: `refunded_minor >= 0 and refunded_minor <= amount_minor` },
    {
      name: 'payments_share_refunded_check',
      expression: `share_refunded_minor >= 0 and share_refunded_minor <= share_minor`,
    },
    { name: 'payments_transferred_check', expression: `transferred_minor >= 0 and transferred_minor <= share_minor` },
    { name: 'payments_commission_check', expression: `commission_percent >= 0 and commission_percent <= 100` },
    {
      name: 'payments_settle_check',
      expression: `(settle_at is null) = (settle_refund_percent is null) and settle_refund_percent >= 0 and settle_refund_percent <= 100`,
    },
    {
      name: 'payments_paid_check',
      expression: `(status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')) = (paid_at is not null)`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(paymentKinds).$type<PaymentKind>(),
    method: p.enum(paymentMethods).$type<PaymentMethodKind>(),
    status: p.enum(paymentStatuses).$type<PaymentStatus>(),
    /** The student's account. */
    payerId: p.uuid(),
    /** The tutor of marketplace; null for a course, of which all is the platform's. */
    tutorId: p.uuid().nullable(),
    /** The lesson; null for a package or a course. */
    bookingId: p.uuid().nullable(),
    /** The package that is bought, or from which a lesson is paid. */
    packageId: p.uuid().nullable(),
    /** The course of learning that is bought, and the cohort that its student wants to belong to. */
    courseId: p.uuid().nullable(),
    cohortId: p.uuid().nullable(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    /** The platform's share in percent, by the policy of the booking or package. */
    commissionPercent: p.integer(),
    /** Of the amount, in minor units: what is the tutor's, and the tax within the commission; both 0 for a package; of a course the tax within all of it. */
    shareMinor: p.bigint('number'),
    taxMinor: p.bigint('number'),
    /** Refunds that were asked for and have not failed. */
    refundedMinor: p.bigint('number').default(0),
    /** Of the share, what went back with refunds. */
    shareRefundedMinor: p.bigint('number').default(0),
    /** Of the share, what was transferred and not reversed. */
    transferredMinor: p.bigint('number').default(0),
    shareStatus: p.enum(shareStatuses).$type<ShareStatus>().default('NONE'),
    /** When what the lesson's end means for the money is carried out; null while the lesson has not ended, and once it is. */
    settleAt: p.datetime().columnType('timestamptz').nullable(),
    /** The share that goes back to the student then, in percent. */
    settleRefundPercent: p.integer().nullable(),
    /** Why that goes back; null when nothing does, and as above. */
    settleReason: p.enum(refundReasons).$type<RefundReason>().nullable(),
    /** While a cardholder disputes it, nothing of it moves. */
    frozenAt: p.datetime().columnType('timestamptz').nullable(),
    stripeSessionId: p.text().nullable(),
    stripeIntentId: p.text().nullable(),
    /** The charge from which refunds and transfers come; that of the package for a lesson paid from one. */
    stripeChargeId: p.text().nullable(),
    /** The page to pay on; null without one, and once it has ended. */
    checkoutUrl: p.text().nullable(),
    /** Stripe's code of the last attempt that failed, such as card_declined. */
    failureCode: p.text().nullable(),
    expiresAt: p.datetime().columnType('timestamptz').nullable(),
    paidAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Money of a student for one lesson, one package or one course. */
export class Payment extends PaymentSchema.class {}
PaymentSchema.setClass(Payment);
