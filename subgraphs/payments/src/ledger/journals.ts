import type { Dispute } from '../disputes/dispute.entity.js';
import type { LessonPackage } from '../packages/package.entity.js';
import type { Payment } from '../payments/payment.entity.js';
import { refundParts } from '../payments/split.rules.js';
import type { PremiumInvoice } from '../premium/premium-invoice.entity.js';
import type { Refund } from '../refunds/refund.entity.js';
import type { Transfer } from '../transfers/transfer.entity.js';
import type { TransferReversal } from '../transfers/transfer-reversal.entity.js';
import type { Withdrawal } from '../withdrawals/withdrawal.entity.js';
import type { Line, NewJournal } from './post.js';

/** Where a tutor's share of a payment lies: not due yet, or due. */
export type ShareAccount = 'TUTOR_PENDING' | 'TUTOR_AVAILABLE';

/** A payment, as far as its split matters. */
type Split = Pick<
  Payment,
  'id' | 'kind' | 'payerId' | 'tutorId' | 'amountMinor' | 'shareMinor' | 'taxMinor' | 'currency'
>;
type RefundOfPayment = Pick<Refund, 'id' | 'amountMinor' | 'shareMinor' | 'taxMinor'>;
type DisputeOfPayment = Pick<Dispute, 'id' | 'amountMinor' | 'frozenMinor' | 'currency'>;
type MoneyToTutor = Pick<Transfer, 'id' | 'tutorId' | 'paymentId' | 'amountMinor' | 'currency'>;
type Owned = Pick<Withdrawal, 'id' | 'tutorId' | 'amountMinor' | 'currency'>;
/** What Stripe took for a transaction of its. */
interface Fee {
  transactionId: string;
  feeMinor: number;
  currency: string;
  paymentId: string | null;
}

/** A student's money has arrived at the platform: for a lesson as shares of it, for a package as the student's credit, for a course as revenue. */
export function paymentPaid(payment: Split, stripeTransactionId: string | null): NewJournal {
  const { id, currency, amountMinor } = payment;
  const cash: Line = { account: 'PLATFORM_CASH', currency, amountMinor };
  return journal('PAYMENT', id, payment.id, [cash, ...negated(earned(payment))], stripeTransactionId);
}

/** What Stripe keeps of a transaction. */
export function stripeFee(fee: Fee): NewJournal {
  return feeJournal('STRIPE_FEE', fee);
}

/** A lesson is taken from a package: the student's credit becomes shares. */
export function packageLesson(payment: Split): NewJournal {
  const { id, currency, payerId, amountMinor } = payment;
  const credit: Line = { account: 'STUDENT_CREDIT', owner: payerId, currency, amountMinor };
  return journal('PACKAGE_LESSON', id, id, [credit, ...negated(shares(payment, 'TUTOR_PENDING'))]);
}

/** A lesson goes back to its package: the opposite of {@link packageLesson}. */
export function packageLessonReturned(payment: Split): NewJournal {
  return journal('PACKAGE_LESSON_RETURNED', payment.id, payment.id, negated(packageLesson(payment).lines));
}

/** Lessons of a package were not taken in time. @param minor the credit that is lost */
export function packageExpired(
  { id, studentId, currency }: Pick<LessonPackage, 'id' | 'studentId' | 'currency'>,
  minor: number,
): NewJournal {
  return journal('PACKAGE_EXPIRED', id, null, [
    { account: 'STUDENT_CREDIT', owner: studentId, currency, amountMinor: minor },
    { account: 'BREAKAGE', currency, amountMinor: -minor },
  ]);
}

/**
 * Money is to go back to the student.
 *
 * @param shareFrom where the tutor's share of the payment lies
 * @param creditMinor of a package's refund, what was not taken as lessons; the platform bears the rest
 */
export function refundAsked(
  payment: Split,
  refund: RefundOfPayment,
  shareFrom: ShareAccount,
  creditMinor = refund.amountMinor,
): NewJournal {
  return journal('REFUND', refund.id, payment.id, [
    ...givenBack(payment, refund, shareFrom, creditMinor),
    inTransit(payment, -refund.amountMinor),
  ]);
}

/** Stripe has made a refund. */
export function refundMade(payment: Split, refund: RefundOfPayment, stripeTransactionId: string | null): NewJournal {
  const lines = [inTransit(payment, refund.amountMinor), platformCash(payment, -refund.amountMinor)];
  return journal('REFUND_MADE', refund.id, payment.id, lines, stripeTransactionId);
}

/** A refund was made by the bank of a cardholder, which has decided a dispute: it is a part of what that has cost. */
export function refundMadeByDispute(payment: Split, refund: RefundOfPayment): NewJournal {
  const { currency } = payment;
  const loss: Line = { account: 'DISPUTE_LOSS', currency, amountMinor: -refund.amountMinor };
  return journal('REFUND_MADE', refund.id, payment.id, [inTransit(payment, refund.amountMinor), loss]);
}

/**
 * A refund failed, so that all is as if it had not been asked for.
 *
 * @param shareTo where the tutor's share goes back to
 * @param returned the money had left already and came back, by this transaction of Stripe
 * @param creditMinor as in {@link refundAsked}
 */
export function refundFailed(
  payment: Split,
  refund: RefundOfPayment,
  shareTo: ShareAccount,
  returned?: { stripeTransactionId: string | null },
  creditMinor = refund.amountMinor,
): NewJournal {
  const { amountMinor } = refund;
  const money = returned ? platformCash(payment, amountMinor) : inTransit(payment, amountMinor);
  const lines = [...negated(givenBack(payment, refund, shareTo, creditMinor)), money];
  return journal('REFUND_FAILED', refund.id, payment.id, lines, returned?.stripeTransactionId);
}

/** A tutor's share is due. @param owedMinor the part that pays what the tutor owes; the rest is to be transferred */
export function shareReleased(payment: Split, minor: number, owedMinor: number): NewJournal {
  const { id } = payment;
  return journal('SHARE_RELEASED', id, id, [
    ...ofTutor('TUTOR_PENDING', payment, minor),
    ...ofTutor('TUTOR_OWES', payment, -owedMinor),
    ...ofTutor('TUTOR_AVAILABLE', payment, owedMinor - minor),
  ]);
}

/** Money went to a tutor's account at Stripe. @param stripeTransactionId the platform's */
export function transferMade(transfer: MoneyToTutor, stripeTransactionId: string | null): NewJournal {
  const { id, paymentId, amountMinor } = transfer;
  return journal('TRANSFER', id, paymentId, moved(transfer, amountMinor), stripeTransactionId);
}

/** Money came back from a tutor's account at Stripe. @param stripeTransactionId the platform's */
export function reversalMade(
  transfer: MoneyToTutor,
  { id, amountMinor }: Pick<TransferReversal, 'id' | 'amountMinor'>,
  stripeTransactionId: string | null,
): NewJournal {
  const lines = moved(transfer, -amountMinor);
  return journal('TRANSFER_REVERSAL', id, transfer.paymentId, lines, stripeTransactionId);
}

/** Staff gives a tutor money of the platform's. */
export function goodwill({ id, paymentId, tutorId, currency, amountMinor }: MoneyToTutor): NewJournal {
  return journal('GOODWILL', id, paymentId, [
    { account: 'GOODWILL', currency, amountMinor },
    { account: 'TUTOR_AVAILABLE', owner: tutorId, currency, amountMinor: -amountMinor },
  ]);
}

/** What went back to a student though the tutor has it already. @param cause the refund, dispute or reversal, once */
export function debt(
  { tutorId: owner, currency, paymentId }: { tutorId: string; currency: string; paymentId: string | null },
  minor: number,
  cause: string,
): NewJournal {
  return journal('DEBT', cause, paymentId, [
    { account: 'TUTOR_OWES', owner, currency, amountMinor: minor },
    { account: 'TUTOR_AVAILABLE', owner, currency, amountMinor: -minor },
  ]);
}

/** A bank took disputed money; of the tutor's share, `dispute.frozenMinor` is frozen. */
export function disputeOpened(
  payment: Split,
  dispute: DisputeOfPayment,
  shareFrom: ShareAccount,
  stripeTransactionId: string | null,
): NewJournal {
  return journal('DISPUTE_OPENED', dispute.id, payment.id, taken(payment, dispute, shareFrom), stripeTransactionId);
}

/** What Stripe takes for a dispute. */
export function disputeFee(fee: Fee): NewJournal {
  return feeJournal('DISPUTE_FEE', fee);
}

/** The bank gave disputed money back: the opposite of {@link disputeOpened}. */
export function disputeWon(
  payment: Split,
  dispute: DisputeOfPayment,
  shareTo: ShareAccount,
  stripeTransactionId: string | null,
): NewJournal {
  const lines = negated(taken(payment, dispute, shareTo));
  return journal('DISPUTE_WON', dispute.id, payment.id, lines, stripeTransactionId);
}

/**
 * Disputed money is lost: the tutor gives what was frozen, tax and commission give what they would give to a refund of
 * it, and the platform bears the rest.
 *
 * @param creditMinor of a package, the student's credit that is lost with it
 */
export function disputeLost(
  payment: Split & Pick<Payment, 'refundedMinor'>,
  dispute: DisputeOfPayment,
  creditMinor = 0,
): NewJournal {
  const { id, kind, currency, payerId, refundedMinor } = payment;
  const { amountMinor, frozenMinor } = dispute;
  const unrefundedMinor = Math.min(amountMinor, payment.amountMinor - refundedMinor);
  const parts = refundParts(payment, refundedMinor, unrefundedMinor);
  const tax = kind === 'PACKAGE' ? 0 : parts.taxMinor;
  const earning = kind === 'PACKAGE' ? 0 : unrefundedMinor - parts.shareMinor - tax;
  return journal('DISPUTE_LOST', dispute.id, id, [
    { account: 'DISPUTED', currency, amountMinor: -amountMinor },
    ...ofTutor('TUTOR_FROZEN', payment, frozenMinor),
    { account: 'STUDENT_CREDIT', owner: payerId, currency, amountMinor: creditMinor },
    { account: 'TAX', currency, amountMinor: tax },
    { account: revenueOf(kind), currency, amountMinor: earning },
    { account: 'DISPUTE_LOSS', currency, amountMinor: amountMinor - frozenMinor - creditMinor - tax - earning },
  ]);
}

/** Money of a tutor left for the bank. @param stripeTransactionId the connected account's */
export function withdrawalPaying(withdrawal: Owned, stripeTransactionId: string | null): NewJournal {
  return journal('WITHDRAWAL', withdrawal.id, null, paidOut(withdrawal), stripeTransactionId);
}

/** A bank sent a withdrawal back. @param stripeTransactionId the connected account's */
export function withdrawalFailed(withdrawal: Owned, stripeTransactionId: string | null): NewJournal {
  return journal('WITHDRAWAL_FAILED', withdrawal.id, null, negated(paidOut(withdrawal)), stripeTransactionId);
}

/** A tutor paid for premium. @param taxMinor the tax within */
export function premiumInvoice(
  { stripeInvoiceId, amountMinor, currency }: Pick<PremiumInvoice, 'stripeInvoiceId' | 'amountMinor' | 'currency'>,
  taxMinor: number,
  stripeTransactionId: string | null,
): NewJournal {
  const lines: Line[] = [
    { account: 'PLATFORM_CASH', currency, amountMinor },
    { account: 'TAX', currency, amountMinor: -taxMinor },
    { account: 'PREMIUM', currency, amountMinor: taxMinor - amountMinor },
  ];
  return journal('PREMIUM_INVOICE', stripeInvoiceId, null, lines, stripeTransactionId);
}

/** Stripe has paid the platform out, or taken money from its bank. @param minor what its balance at Stripe has changed by */
export function bankTransfer(transactionId: string, currency: string, minor: number): NewJournal {
  const lines: Line[] = [
    { account: 'PLATFORM_CASH', currency, amountMinor: minor },
    { account: 'BANK', currency, amountMinor: -minor },
  ];
  return journal('BANK_TRANSFER', transactionId, null, lines, transactionId);
}

function journal(
  kind: NewJournal['kind'],
  cause: string,
  paymentId: string | null | undefined,
  lines: readonly Line[],
  stripeTransactionId: string | null = null,
): NewJournal {
  return { kind, cause, paymentId: paymentId ?? null, stripeTransactionId, lines };
}

function feeJournal(kind: 'STRIPE_FEE' | 'DISPUTE_FEE', fee: Fee): NewJournal {
  const { transactionId, feeMinor, currency, paymentId } = fee;
  const lines: Line[] = [
    { account: 'STRIPE_FEES', currency, amountMinor: feeMinor },
    { account: 'PLATFORM_CASH', currency, amountMinor: -feeMinor },
  ];
  return journal(kind, transactionId, paymentId, lines, transactionId);
}

/** What a payment is made of, as debits. */
function earned(payment: Split): readonly Line[] {
  const { kind, payerId, currency, amountMinor } = payment;
  if (kind === 'PACKAGE') return [{ account: 'STUDENT_CREDIT', owner: payerId, currency, amountMinor }];
  return shares(payment, 'TUTOR_PENDING');
}

/** The tutor's, the state's and the platform's part of an amount, as debits. */
function shares(
  of: Pick<Split, 'kind' | 'tutorId' | 'currency'> & Omit<RefundOfPayment, 'id'>,
  share: ShareAccount,
): readonly Line[] {
  const { kind, currency, amountMinor, shareMinor, taxMinor } = of;
  return [
    ...ofTutor(share, of, shareMinor),
    { account: 'TAX', currency, amountMinor: taxMinor },
    { account: revenueOf(kind), currency, amountMinor: amountMinor - shareMinor - taxMinor },
  ];
}

/** What is the platform's of a payment. */
function revenueOf(kind: Split['kind']): 'COMMISSION' | 'COURSES' {
  return kind === 'COURSE' ? 'COURSES' : 'COMMISSION';
}

/** A line of the tutor's; none of a course, of which no tutor has anything. */
function ofTutor(
  account: Line['account'],
  { tutorId, currency }: Pick<Split, 'tutorId' | 'currency'>,
  amountMinor: number,
): readonly Line[] {
  return tutorId ? [{ account, owner: tutorId, currency, amountMinor }] : [];
}

/** What a refund takes from whom, as debits. */
function givenBack(
  payment: Split,
  { amountMinor, shareMinor, taxMinor }: RefundOfPayment,
  share: ShareAccount,
  creditMinor: number,
): readonly Line[] {
  if (payment.kind !== 'PACKAGE') return shares({ ...payment, amountMinor, shareMinor, taxMinor }, share);
  const { payerId: owner, currency } = payment;
  return [
    { account: 'STUDENT_CREDIT', owner, currency, amountMinor: creditMinor },
    { account: 'GOODWILL', currency, amountMinor: amountMinor - creditMinor },
  ];
}

/** What a dispute takes. */
function taken(payment: Split, { amountMinor, frozenMinor }: DisputeOfPayment, share: ShareAccount): readonly Line[] {
  return [
    { account: 'DISPUTED', currency: payment.currency, amountMinor },
    platformCash(payment, -amountMinor),
    ...ofTutor(share, payment, frozenMinor),
    ...ofTutor('TUTOR_FROZEN', payment, -frozenMinor),
  ];
}

function moved(transfer: MoneyToTutor, amountMinor: number): readonly Line[] {
  const { tutorId: owner, currency } = transfer;
  return [{ account: 'CONNECTED_CASH', owner, currency, amountMinor }, platformCash(transfer, -amountMinor)];
}

function paidOut({ tutorId: owner, currency, amountMinor }: Owned): readonly Line[] {
  return [
    { account: 'TUTOR_AVAILABLE', owner, currency, amountMinor },
    { account: 'CONNECTED_CASH', owner, currency, amountMinor: -amountMinor },
  ];
}

function platformCash({ currency }: { currency: string }, amountMinor: number): Line {
  return { account: 'PLATFORM_CASH', currency, amountMinor };
}

function inTransit({ currency }: { currency: string }, amountMinor: number): Line {
  return { account: 'REFUNDS_IN_TRANSIT', currency, amountMinor };
}

function negated(lines: readonly Line[]): readonly Line[] {
  return lines.map((line) => ({ ...line, amountMinor: -line.amountMinor }));
}
