import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { CurrencyCode, DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { type JournalKind, journalKinds, type LedgerAccountKind, ledgerAccountKinds } from './ledger.rules.js';

const LedgerAccountKindEnum = enumOf(ledgerAccountKinds);
registerEnumType(LedgerAccountKindEnum, {
  name: 'LedgerAccountKind',
  description: 'What an account of the ledger holds. Debits are positive.',
  valuesConfig: {
    PLATFORM_CASH: { description: 'Asset: the platform’s balance at Stripe, pending and available.' },
    CONNECTED_CASH: { description: 'Asset: a tutor’s balance at Stripe.' },
    BANK: { description: 'Asset: what Stripe has paid out to the platform’s own bank.' },
    DISPUTED: { description: 'Asset: what banks have taken until disputes end.' },
    TUTOR_OWES: { description: 'Asset: what went back to students though the tutor had it already.' },
    TUTOR_PENDING: { description: 'Liability: shares of paid lessons that are not due yet.' },
    TUTOR_AVAILABLE: { description: 'Liability: shares that are due, at Stripe already or on their way.' },
    TUTOR_FROZEN: { description: 'Liability: shares of disputed payments.' },
    STUDENT_CREDIT: { description: 'Liability: lessons of packages that were not taken.' },
    TAX: { description: 'Liability: tax within commission and premium.' },
    COMMISSION: { description: 'Revenue: the platform’s part of lessons, without tax.' },
    PREMIUM: { description: 'Revenue: premium memberships, without tax.' },
    COURSES: { description: 'Revenue: courses of the school, without tax.' },
    BREAKAGE: { description: 'Revenue: lessons of packages that were lost.' },
    STRIPE_FEES: { description: 'Expense: what Stripe keeps.' },
    DISPUTE_LOSS: { description: 'Expense: what the platform bears of lost disputes.' },
    GOODWILL: {
      description: 'Expense: transfers to tutors by staff, and refunds of lessons of packages that were taken.',
    },
    REFUNDS_IN_TRANSIT: { description: 'Liability: refunds that Stripe has not made yet.' },
  },
});

const JournalKindEnum = enumOf(journalKinds);
registerEnumType(JournalKindEnum, {
  name: 'LedgerJournalKind',
  description: 'What happened to money.',
  valuesConfig: {
    PAYMENT: { description: 'A student paid.' },
    PACKAGE_LESSON: { description: 'A lesson was taken from a package.' },
    PACKAGE_LESSON_RETURNED: { description: 'A lesson went back to its package.' },
    PACKAGE_EXPIRED: { description: 'Lessons of a package were lost.' },
    STRIPE_FEE: { description: 'Stripe kept its fee.' },
    REFUND: { description: 'A refund was asked for.' },
    REFUND_MADE: { description: 'Stripe made a refund.' },
    REFUND_FAILED: { description: 'A refund failed.' },
    SHARE_RELEASED: { description: 'A tutor’s share became due.' },
    TRANSFER: { description: 'Money went to a tutor’s account at Stripe.' },
    TRANSFER_REVERSAL: { description: 'Money came back from a tutor’s account at Stripe.' },
    GOODWILL: { description: 'Staff gave a tutor money of the platform’s.' },
    DISPUTE_OPENED: { description: 'A bank took disputed money.' },
    DISPUTE_FEE: { description: 'Stripe kept a fee for a dispute.' },
    DISPUTE_WON: { description: 'A bank gave disputed money back.' },
    DISPUTE_LOST: { description: 'Disputed money was lost.' },
    WITHDRAWAL: { description: 'Money of a tutor left for the bank.' },
    WITHDRAWAL_FAILED: { description: 'A bank sent a withdrawal back.' },
    PREMIUM_INVOICE: { description: 'A tutor paid for premium.' },
    DEBT: { description: 'A tutor owes what went back to a student.' },
    BANK_TRANSFER: { description: 'Stripe paid out to the platform’s bank, or took from it.' },
    ADJUSTMENT: { description: 'A correction.' },
  },
});

@ObjectType('LedgerAccount', { simpleResolvers: true, description: 'An account of the ledger, in one currency.' })
export class LedgerAccountType {
  @Field(() => ID, { description: 'Identity of the account.' })
  declare id: string;

  @Field(() => LedgerAccountKindEnum, { description: 'What it holds.' })
  declare kind: LedgerAccountKind;

  @Field(() => CurrencyCode, { description: 'In which currency, ISO 4217.' })
  declare currency: string;

  @Field(() => DateTime, { description: 'When it was first used.' })
  declare createdAt: Date;
}

@ObjectType('LedgerPosting', { simpleResolvers: true, description: 'One side of a journal.' })
export class LedgerPostingType {
  @Field(() => ID, { description: 'Identity of the posting.' })
  declare id: string;
}

@ObjectType('LedgerJournal', {
  simpleResolvers: true,
  description: 'Something that happened to money. Its postings sum to zero in each currency, and it never changes.',
})
export class LedgerJournalType {
  @Field(() => ID, { description: 'Identity of the journal.' })
  declare id: string;

  @Field(() => JournalKindEnum, { description: 'What happened.' })
  declare kind: JournalKind;

  @Field(() => String, {
    description: 'The id of what it follows from, ours or Stripe’s; each is recorded once for each kind.',
  })
  declare cause: string;

  @Field(() => String, {
    nullable: true,
    description: 'Stripe’s balance transaction that it mirrors; null when no money moved at Stripe.',
  })
  declare stripeTransactionId: string | null;

  @Field(() => DateTime, { description: 'When it was recorded.' })
  declare recordedAt: Date;
}

export const LedgerAccountConnection = connectionOf(LedgerAccountType, 'LedgerAccount');
export const LedgerJournalConnection = connectionOf(LedgerJournalType, 'LedgerJournal');

@InputType({ description: 'Which accounts; conditions add up.' })
export class LedgerAccountFilter {
  @Field(() => LedgerAccountKindEnum, { nullable: true, description: 'Only those of this kind.' })
  declare kind?: LedgerAccountKind | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this tutor, or of this student’s account.' })
  declare ownerId?: string | null;

  @Field(() => CurrencyCode, { nullable: true, description: 'Only those in this currency.' })
  declare currency?: string | null;
}

@InputType({ description: 'Which journals; conditions add up.' })
export class LedgerFilter {
  @Field(() => JournalKindEnum, { nullable: true, description: 'Only this kind.' })
  declare kind?: JournalKind | null;

  @Field(() => LedgerAccountFilter, { nullable: true, description: 'Only those that post to such an account.' })
  declare account?: LedgerAccountFilter | null;

  @Field(() => ID, { nullable: true, description: 'Only those about this payment.' })
  declare paymentId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those that mirror this balance transaction of Stripe.' })
  declare stripeTransactionId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only from this moment on.' })
  declare from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only before this moment.' })
  declare to?: Date | null;
}
