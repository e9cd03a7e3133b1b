import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Payment } from '../payments/payment.entity.js';
import { PaymentType } from '../payments/payment.types.js';
import { TutorReference } from '../people/entities.types.js';
import { UserReference } from '../people/user.types.js';
import type { Journal } from './journal.entity.js';
import { ExportLedgerInput, ExportLedgerPayload, LedgerError } from './ledger.payloads.js';
import type { LedgerService } from './ledger.service.js';
import {
  LedgerAccountConnection,
  LedgerAccountFilter,
  LedgerAccountType,
  LedgerFilter,
  LedgerJournalConnection,
  LedgerJournalType,
  LedgerPostingType,
} from './ledger.types.js';
import type { LedgerAccount } from './ledger-account.entity.js';
import type { Posting } from './posting.entity.js';

/** Journals of the ledger in the graph. */
@Resolver(() => LedgerJournalType)
export class LedgerJournalResolver {
  constructor(private readonly ledgers: LedgerService) {}

  @FieldResolver(() => [LedgerPostingType], { description: 'Its sides; they sum to zero in each currency.' })
  postings(@Root() journal: Journal, @Ctx() context: RequestContext): Promise<Posting[]> {
    return this.ledgers.postings(context, journal);
  }

  @FieldResolver(() => PaymentType, {
    nullable: true,
    description: 'The payment that it is about; null when it is about none that you may see.',
  })
  payment(@Root() journal: Journal, @Ctx() context: RequestContext): Promise<Payment | null> {
    return this.ledgers.payment(context, journal);
  }

  @Requires('payments.ledger.read')
  @Query(() => LedgerJournalConnection, { nullable: true, description: 'The ledger, the newest journal first.' })
  ledger(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => LedgerFilter, { nullable: true, description: 'Which journals; all without it.' })
    filter: LedgerFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Journal>> {
    return this.ledgers.journals(context, filter ?? {}, page);
  }

  @Requires('payments.ledger.read')
  @Mutation(() => ExportLedgerPayload, {
    nullable: true,
    description: 'Gives an address from which the ledger of a span can be downloaded for five minutes.',
  })
  exportLedger(
    @Arg('input', () => ExportLedgerInput, { description: 'What to export.' }) input: ExportLedgerInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LedgerError, () => this.ledgers.export(context, input));
  }
}

/** Postings of the ledger in the graph. */
@Resolver(() => LedgerPostingType)
export class LedgerPostingResolver {
  constructor(private readonly ledgers: LedgerService) {}

  @FieldResolver(() => Money, { description: 'How much; a debit is positive, a credit negative.' })
  amount(@Root() { amountMinor, currency }: Posting): Money {
    return { amountMinor, currency };
  }

  @FieldResolver(() => LedgerAccountType, { description: 'To which account.' })
  account(@Root() posting: Posting, @Ctx() context: RequestContext): Promise<LedgerAccount> {
    return this.ledgers.account(context, posting);
  }
}

/** Accounts of the ledger in the graph. */
@Resolver(() => LedgerAccountType)
export class LedgerAccountResolver {
  constructor(private readonly ledgers: LedgerService) {}

  @FieldResolver(() => Money, { description: 'The sum of its postings: debits are positive, credits negative.' })
  async balance(
    @Root() account: LedgerAccount,
    @Arg('at', () => DateTime, { nullable: true, description: 'Only of what was recorded before; now without it.' })
    at: Date | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Money> {
    return { amountMinor: await this.ledgers.balance(context, account, at ?? null), currency: account.currency };
  }

  @FieldResolver(() => TutorReference, {
    nullable: true,
    description: 'The tutor whose it is; null when it is no tutor’s.',
  })
  tutor(@Root() { kind, owner }: LedgerAccount): TutorReference | null {
    return owner && kind !== 'STUDENT_CREDIT' ? { id: owner } : null;
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'The student whose it is; null when it is no student’s.',
  })
  student(@Root() { kind, owner }: LedgerAccount): UserReference | null {
    return owner && kind === 'STUDENT_CREDIT' ? { id: owner } : null;
  }

  @Requires('payments.ledger.read')
  @Query(() => LedgerAccountConnection, {
    nullable: true,
    description: 'Accounts of the ledger, by kind, owner and currency.',
  })
  ledgerAccounts(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => LedgerAccountFilter, { nullable: true, description: 'Which accounts; all without it.' })
    filter: LedgerAccountFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<LedgerAccount>> {
    return this.ledgers.accounts(context, filter ?? {}, page);
  }
}

/** Every resolver class of the ledger. */
export const ledgerResolvers = [LedgerJournalResolver, LedgerPostingResolver, LedgerAccountResolver] as const;
