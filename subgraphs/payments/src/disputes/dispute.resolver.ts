import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Payment } from '../payments/payment.entity.js';
import { PaymentType } from '../payments/payment.types.js';
import type { Dispute } from './dispute.entity.js';
import { DisputeError, SubmitDisputeEvidenceInput, SubmitDisputeEvidencePayload } from './dispute.payloads.js';
import { disputesByPayment } from './dispute.repository.js';
import type { DisputeService } from './dispute.service.js';
import { DisputeConnection, DisputeFilter, DisputeType } from './dispute.types.js';

/** Disputes of cardholders in the graph. */
@Resolver(() => DisputeType)
export class DisputeResolver {
  constructor(private readonly disputesOf: DisputeService) {}

  @FieldResolver(() => Money, { description: 'How much the cardholder takes back.' })
  amount(@Root() { amountMinor, currency }: Dispute): Money {
    return { amountMinor, currency };
  }

  @FieldResolver(() => PaymentType, { description: 'What it is about.' })
  payment(@Root() dispute: Dispute, @Ctx() context: RequestContext): Promise<Payment> {
    return this.disputesOf.payment(context, dispute);
  }

  @Requires('payments.payments.read-any')
  @Query(() => DisputeType, { nullable: true, description: 'A dispute by id, for staff; null when there is none.' })
  dispute(
    @Arg('id', () => ID, { description: 'Identity of the dispute.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Dispute | null> {
    return this.disputesOf.find(context, id);
  }

  @Requires('payments.payments.read-any')
  @Query(() => DisputeConnection, {
    nullable: true,
    description: 'Disputes of cardholders, for staff; the newest first.',
  })
  disputes(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => DisputeFilter, { nullable: true, description: 'Which ones; all by default.' })
    filter: DisputeFilter | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Dispute>> {
    return this.disputesOf.list(context, filter ?? {}, page);
  }

  @Requires('payments.refunds.make')
  @Mutation(() => SubmitDisputeEvidencePayload, {
    nullable: true,
    description:
      'Answers a dispute with evidence, for staff. It can be sent to the bank once; until then Stripe keeps what is given.',
  })
  submitDisputeEvidence(
    @Arg('input', () => SubmitDisputeEvidenceInput, { description: 'Which one, and what to say.' })
    input: SubmitDisputeEvidenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, DisputeError, async () => ({
      dispute: await this.disputesOf.submitEvidence(context, input),
    }));
  }
}

/** What cardholders dispute of payments. */
@Resolver(() => PaymentType)
export class PaymentDisputesResolver {
  @FieldResolver(() => [DisputeType], {
    nullable: true,
    description: 'Disputes of its cardholder, the first one first; for staff, null for everybody else.',
  })
  async disputes(@Root() { id }: Payment, @Ctx() context: RequestContext): Promise<Dispute[] | null> {
    return context.can('payments.payments.read-any') ? context.loader(disputesByPayment).load(id) : null;
  }
}
