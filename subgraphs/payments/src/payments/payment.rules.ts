/** What is paid for. */
export const paymentKinds = ['LESSON', 'PACKAGE', 'COURSE'] as const;
/** @see paymentKinds */
export type PaymentKind = (typeof paymentKinds)[number];

/** How it is paid. */
export const paymentMethods = ['CHECKOUT', 'INTENT', 'PACKAGE'] as const;
/** @see paymentMethods */
export type PaymentMethodKind = (typeof paymentMethods)[number];

/** Where a payment stands. */
export const paymentStatuses = [
  'PENDING',
  'PROCESSING',
  'SUCCEEDED',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'CANCELLED',
] as const;
/** @see paymentStatuses */
export type PaymentStatus = (typeof paymentStatuses)[number];

/** What may follow upon each status; the rest is refused. */
const transitions: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  PENDING: ['PROCESSING', 'SUCCEEDED', 'CANCELLED'],
  // A bank may still say no to what it takes days over.
  PROCESSING: ['PENDING', 'SUCCEEDED', 'CANCELLED'],
  SUCCEEDED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  // A refund that fails at the bank gives the money back to us.
  PARTIALLY_REFUNDED: ['SUCCEEDED', 'REFUNDED'],
  REFUNDED: ['SUCCEEDED', 'PARTIALLY_REFUNDED'],
  CANCELLED: [],
};

/** Is this a step that a payment may take? */
export function mayPaymentBecome(from: PaymentStatus, to: PaymentStatus): boolean {
  return transitions[from].includes(to);
}

/** Has the money arrived, whatever became of it afterwards? */
export function isPaid(status: PaymentStatus): boolean {
  return status === 'SUCCEEDED' || status === 'PARTIALLY_REFUNDED' || status === 'REFUNDED';
}

/** Is the money with us: has it arrived, and not gone back as a whole? */
export function isHeld(status: PaymentStatus): boolean {
  return isPaid(status) && status !== 'REFUNDED';
}

/** What becomes of the tutor's share of a lesson. */
export const shareStatuses = ['NONE', 'PENDING', 'RELEASED'] as const;
/** @see shareStatuses */
export type ShareStatus = (typeof shareStatuses)[number];
