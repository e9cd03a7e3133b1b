import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { CurrencyCode, DateTime } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type DifferenceKind,
  differenceKinds,
  type ReconciliationStatus,
  reconciliationStatuses,
} from './reconciliation.rules.js';

const ReconciliationStatusEnum = enumOf(reconciliationStatuses);
registerEnumType(ReconciliationStatusEnum, {
  name: 'ReconciliationStatus',
  description: 'Where a reconciliation stands.',
  valuesConfig: {
    RUNNING: { description: 'It is being carried out.' },
    MATCHED: { description: 'The ledger says what Stripe says.' },
    DIFFERENT: { description: 'They differ; see `differences`.' },
    FAILED: { description: 'Stripe could not be asked; it is tried again some times.' },
  },
});

const DifferenceKindEnum = enumOf(differenceKinds);
registerEnumType(DifferenceKindEnum, {
  name: 'ReconciliationDifferenceKind',
  description: 'How the ledger and Stripe can differ.',
  valuesConfig: {
    MISSING_IN_LEDGER: { description: 'Stripe moved money of which the ledger knows nothing.' },
    MISSING_AT_STRIPE: { description: 'The ledger tells of money that Stripe did not move.' },
    AMOUNT_DIFFERS: { description: 'Both tell of it, with other amounts.' },
    BALANCE_DIFFERS: { description: 'The balance at the end of the span is another one.' },
  },
});

@ObjectType('ReconciliationDifference', {
  simpleResolvers: true,
  description: 'What the ledger says otherwise than Stripe.',
})
export class DifferenceType {
  @Field(() => ID, { description: 'Identity of the difference.' })
  declare id: string;

  @Field(() => DifferenceKindEnum, { description: 'How they differ.' })
  declare kind: DifferenceKind;

  @Field(() => String, { nullable: true, description: 'Stripe’s balance transaction; null when it is about none.' })
  declare stripeTransactionId: string | null;

  @Field(() => String, { nullable: true, description: 'The connected account at Stripe; null for the platform’s own.' })
  declare stripeAccountId: string | null;

  @Field(() => ID, { nullable: true, description: 'The journal of the ledger; null when it is about none.' })
  declare journalId: string | null;

  @Field(() => CurrencyCode, { description: 'In which currency.' })
  declare currency: string;
}

@ObjectType('Reconciliation', {
  simpleResolvers: true,
  description: 'A comparison of the ledger with the balances at Stripe, of the platform and of every tutor.',
})
export class ReconciliationType {
  @Field(() => ID, { description: 'Identity of the reconciliation.' })
  declare id: string;

  @Field(() => ReconciliationStatusEnum, { description: 'Where it stands.' })
  declare status: ReconciliationStatus;

  @Field(() => Int, { description: 'How many balance transactions of Stripe were compared.' })
  declare transactions: number;

  @Field(() => DateTime, { description: 'When it was begun.' })
  declare startedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null while it runs.' })
  declare finishedAt: Date | null;
}

export const DifferenceConnection = connectionOf(DifferenceType, 'ReconciliationDifference');
export const ReconciliationConnection = connectionOf(ReconciliationType, 'Reconciliation');

/** Every expected failure around reconciliation. */
const reconciliationErrorCodes = ['INVALID_INPUT'] as const;
const ReconciliationErrorCodes = enumOf(reconciliationErrorCodes);
registerEnumType(ReconciliationErrorCodes, {
  name: 'ReconciliationErrorCode',
  description: 'Expected failures around reconciliation.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
  },
});

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'An expected failure around reconciliation.',
})
export class ReconciliationError extends UserError {
  @Field(() => ReconciliationErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: (typeof reconciliationErrorCodes)[number];
}

@InputType({ description: 'What to compare.' })
export class RunReconciliationInput {
  @Field(() => DateTime, { description: 'Balance transactions that were made from this moment on.' })
  declare from: Date;

  @Field(() => DateTime, {
    description:
      'Balance transactions that were made before this moment: a year after `from` at most, and not to come. What happened within the last minutes may still be on its way to the ledger.',
  })
  declare to: Date;
}

@ObjectType({ simpleResolvers: true, description: 'The reconciliation, or why there is none.' })
export class RunReconciliationPayload {
  @Field(() => ReconciliationType, { nullable: true, description: 'The reconciliation, about to be carried out.' })
  declare reconciliation?: ReconciliationType;

  @Field(() => [ReconciliationError], { description: 'What stood in the way; empty when nothing did.' })
  declare userErrors: ReconciliationError[];
}
