import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Money } from '@tutorgraph/kit/graphql/money';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { PayoutError } from '../payouts/payout-errors.js';
import { TutorReference } from '../people/entities.types.js';
import { UserReference } from '../people/user.types.js';
import type { Withdrawal } from './withdrawal.entity.js';
import type { WithdrawalService } from './withdrawal.service.js';
import {
  ApproveWithdrawalInput,
  CancelWithdrawalInput,
  RejectWithdrawalInput,
  RequestWithdrawalInput,
  WithdrawalConnection,
  WithdrawalFilter,
  WithdrawalPayload,
  WithdrawalType,
} from './withdrawal.types.js';
import type { WithdrawalDecisionService } from './withdrawal-decision.service.js';

// Each use asks Stripe.
const LIMITS = { viewer: { points: 60, seconds: 60 * 10 } };

/** Withdrawals in the graph. */
@Resolver(() => WithdrawalType)
export class WithdrawalResolver {
  constructor(
    private readonly service: WithdrawalService,
    private readonly decisions: WithdrawalDecisionService,
  ) {}

  @FieldResolver(() => Money, { description: 'What it comes to.' })
  amount(@Root() { amountMinor, currency }: Withdrawal): Money {
    return { amountMinor, currency };
  }

  @FieldResolver(() => TutorReference, { description: 'Who withdraws.' })
  tutor(@Root() { tutorId }: Withdrawal): TutorReference {
    return { id: tutorId };
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'The member of staff who decided, for staff; null when nobody did.',
  })
  decidedBy(@Root() { decidedBy }: Withdrawal, @Ctx() context: RequestContext): UserReference | null {
    return decidedBy && context.can('payments.payments.read-any') ? { id: decidedBy } : null;
  }

  @SignedIn()
  @Query(() => WithdrawalConnection, {
    nullable: true,
    description: 'Your withdrawals, or those of all tutors for staff; the newest first.',
  })
  withdrawals(
    @Arg('filter', () => WithdrawalFilter, { nullable: true, description: 'Which of them; all without it.' })
    filter: WithdrawalFilter | null,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Withdrawal>> {
    return this.service.list(context, filter ?? {}, page);
  }

  @SignedIn({ service: 'withdrawal' })
  @Query(() => WithdrawalType, {
    nullable: true,
    description: 'A withdrawal by id; null when there is none that you may see.',
  })
  withdrawal(
    @Arg('id', () => ID, { description: 'Identity of the withdrawal.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Withdrawal | null> {
    return this.service.find(context, id);
  }

  @Requires('payments.earnings.own')
  @Limited(LIMITS)
  @Mutation(() => WithdrawalPayload, {
    nullable: true,
    description: 'Moves money from your account at Stripe to your bank; a large amount waits for our staff.',
  })
  requestWithdrawal(
    @Arg('input', () => RequestWithdrawalInput, { description: 'How much.' }) input: RequestWithdrawalInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PayoutError, async () => ({ withdrawal: await this.service.request(context, input) }));
  }

  @Requires('payments.earnings.own')
  @Mutation(() => WithdrawalPayload, {
    nullable: true,
    description: 'Takes a withdrawal of yours back, as long as our staff has not decided on it.',
  })
  cancelWithdrawal(
    @Arg('input', () => CancelWithdrawalInput, { description: 'Which one.' }) input: CancelWithdrawalInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PayoutError, async () => ({ withdrawal: await this.service.cancel(context, input) }));
  }

  @Requires('payments.transfers.make')
  @Mutation(() => WithdrawalPayload, {
    nullable: true,
    description: 'Pays a withdrawal out, if its money is still there.',
  })
  approveWithdrawal(
    @Arg('input', () => ApproveWithdrawalInput, { description: 'Which one.' }) input: ApproveWithdrawalInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PayoutError, async () => ({ withdrawal: await this.decisions.approve(context, input) }));
  }

  @Requires('payments.transfers.make')
  @Mutation(() => WithdrawalPayload, {
    nullable: true,
    description: 'Rejects a withdrawal; its money stays available.',
  })
  rejectWithdrawal(
    @Arg('input', () => RejectWithdrawalInput, { description: 'Which one and why.' }) input: RejectWithdrawalInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PayoutError, async () => ({ withdrawal: await this.decisions.reject(context, input) }));
  }
}
