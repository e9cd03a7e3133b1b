/**
 * Accounts of the ledger. Debits are positive: assets and expenses grow by them, liabilities and revenue by credits.
 * `owner` says whose it is, when there is one for each.
 */
export const ledgerAccountKinds = [
  // Assets.
  'PLATFORM_CASH', // The platform's balance at Stripe, pending and available.
  'CONNECTED_CASH', // A tutor's balance at Stripe. Owner: the tutor.
  'BANK', // What Stripe has paid out to the platform's own bank.
  'DISPUTED', // What banks have taken until disputes end.
  'TUTOR_OWES', // What went back to students though the tutor had it already. Owner: the tutor.
  // Liabilities.
  'TUTOR_PENDING', // Shares of paid lessons that are not due yet. Owner: the tutor.
  'TUTOR_AVAILABLE', // Shares that are due, at Stripe already or on their way. Owner: the tutor.
  'TUTOR_FROZEN', // Shares of disputed payments. Owner: the tutor.
  'STUDENT_CREDIT', // Lessons of packages that were not taken. Owner: the student's account.
  'TAX', // Tax within commission, premium and courses.
  // Revenue.
  'COMMISSION',
  'PREMIUM',
  'COURSES', // Courses of the school, without tax.
  'BREAKAGE', // Lessons of packages that were lost.
  // Expenses.
  'STRIPE_FEES',
  'DISPUTE_LOSS', // What the platform bears of lost disputes.
  'GOODWILL', // Transfers to tutors by staff, and refunds of taken lessons of packages.
  // Between two steps at Stripe.
  'REFUNDS_IN_TRANSIT', // Liability: refunds asked for that Stripe has not made yet.
] as const;
/** @see ledgerAccountKinds */
export type LedgerAccountKind = (typeof ledgerAccountKinds)[number];

/** What happened, each at most once for what it is about. */
export const journalKinds = [
  'PAYMENT', // cause: payment
  'PACKAGE_LESSON', // cause: payment
  'PACKAGE_LESSON_RETURNED', // cause: payment
  'PACKAGE_EXPIRED', // cause: package
  'STRIPE_FEE', // cause: Stripe's balance transaction
  'REFUND', // cause: refund
  'REFUND_MADE', // cause: refund
  'REFUND_FAILED', // cause: refund
  'SHARE_RELEASED', // cause: payment
  'TRANSFER', // cause: transfer
  'TRANSFER_REVERSAL', // cause: reversal
  'GOODWILL', // cause: transfer
  'DISPUTE_OPENED', // cause: dispute
  'DISPUTE_FEE', // cause: Stripe's balance transaction
  'DISPUTE_WON', // cause: dispute
  'DISPUTE_LOST', // cause: dispute
  'WITHDRAWAL', // cause: withdrawal
  'WITHDRAWAL_FAILED', // cause: withdrawal
  'PREMIUM_INVOICE', // cause: Stripe's invoice
  'DEBT', // cause: reversal that could not be had
  'BANK_TRANSFER', // cause: Stripe's balance transaction
  'ADJUSTMENT', // cause: its own
] as const;
/** @see journalKinds */
export type JournalKind = (typeof journalKinds)[number];
