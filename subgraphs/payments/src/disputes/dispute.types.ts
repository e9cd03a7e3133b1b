import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { type DisputeStatus, disputeStatuses } from './dispute.rules.js';

const DisputeStatusEnum = enumOf(disputeStatuses);
registerEnumType(DisputeStatusEnum, {
  name: 'PaymentDisputeStatus',
  description: 'Where a dispute of a cardholder stands.',
  valuesConfig: {
    NEEDS_RESPONSE: { description: 'The bank has taken the money and waits for evidence until it is due.' },
    UNDER_REVIEW: { description: 'The bank looks at the evidence; that takes weeks.' },
    WON: { description: 'The bank has given the money back.' },
    LOST: { description: 'The money is the cardholder’s again.' },
    INQUIRY: { description: 'The bank only asks, and has taken nothing; evidence or a refund may end it.' },
    INQUIRY_CLOSED: { description: 'The bank had only asked.' },
  },
});

@ObjectType('PaymentDispute', {
  simpleResolvers: true,
  description: 'A cardholder who takes a payment back through the bank. Until it ends, nothing of the payment moves.',
})
export class DisputeType {
  @Field(() => ID, { description: 'Identity of the dispute.' })
  declare id: string;

  @Field(() => DisputeStatusEnum, { description: 'Where it stands.' })
  declare status: DisputeStatus;

  @Field(() => String, { description: 'What the cardholder says, in Stripe’s words, such as product_not_received.' })
  declare reason: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when the bank takes evidence; null when it takes none.',
  })
  declare evidenceDueBy: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When evidence was sent to the bank; null before.' })
  declare evidenceSubmittedAt: Date | null;

  @Field(() => DateTime, { description: 'When the cardholder went to the bank.' })
  declare openedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null before.' })
  declare closedAt: Date | null;
}

export const DisputeConnection = connectionOf(DisputeType, 'PaymentDispute');

@InputType('PaymentDisputeFilter', { description: 'Which disputes to list; conditions add up.' })
export class DisputeFilter {
  @Field(() => [DisputeStatusEnum], { nullable: true, description: 'Only those that stand in one of these ways.' })
  declare statuses?: DisputeStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this payment.' })
  declare paymentId?: string | null;
}
