import { Requires, ServiceOnly } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Payment } from '../payments/payment.entity.js';
import { PaymentType } from '../payments/payment.types.js';
import { PayoutError } from '../payouts/payout-errors.js';
import { TutorReference } from '../people/entities.types.js';
import { UserReference } from '../people/user.types.js';
import type { Transfer } from './transfer.entity.js';
import type { TransferService } from './transfer.service.js';
import {
  TransferConnection,
  TransferFilter,
  TransferToTutorInput,
  TransferToTutorPayload,
  TransferType,
} from './transfer.types.js';

/** Transfers in the graph. */
@Resolver(() => TransferType)
export class TransferResolver {
  constructor(private readonly service: TransferService) {}

  @FieldResolver(() => Money, { description: 'What it comes to.' })
  amount(@Root() { amountMinor, currency }: Transfer): Money {
    return { amountMinor, currency };
  }

  @FieldResolver(() => Money, { description: 'Of that, what was taken back, or is being taken.' })
  reversed(@Root() { reversedMinor: amountMinor, currency }: Transfer): Money {
    return { amountMinor, currency };
  }

  @FieldResolver(() => TutorReference, { description: 'Who gets it.' })
  tutor(@Root() { tutorId }: Transfer): TutorReference {
    return { id: tutorId };
  }

  @FieldResolver(() => PaymentType, { nullable: true, description: 'Whose share it is; null for one by staff.' })
  payment(@Root() transfer: Transfer, @Ctx() context: RequestContext): Promise<Payment | null> {
    return this.service.payment(context, transfer);
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'The member of staff who made it; null for a share.',
  })
  requestedBy(@Root() { requestedBy }: Transfer): UserReference | null {
    return requestedBy ? { id: requestedBy } : null;
  }

  @ServiceOnly('transfer')
  @Directive('@inaccessible')
  @Query(() => TransferType, {
    nullable: true,
    description: 'A transfer by id; null when there is none. For our services only.',
  })
  transfer(
    @Arg('id', () => ID, { description: 'Identity of the transfer.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Transfer | null> {
    return this.service.find(context, id);
  }

  @Requires('payments.payments.read-any')
  @Query(() => TransferConnection, { nullable: true, description: 'Transfers to tutors, the newest first.' })
  transfers(
    @Arg('filter', () => TransferFilter, { nullable: true, description: 'Which of them; all without it.' })
    filter: TransferFilter | null,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Transfer>> {
    return this.service.list(context, filter ?? {}, page);
  }

  @Requires('payments.transfers.make')
  @Mutation(() => TransferToTutorPayload, {
    nullable: true,
    description: "Gives a tutor money of the platform's, such as for a lesson that its student did not come to.",
  })
  transferToTutor(
    @Arg('input', () => TransferToTutorInput, { description: 'Whom, how much and why.' }) input: TransferToTutorInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PayoutError, async () => ({ transfer: await this.service.give(context, input) }));
  }
}
