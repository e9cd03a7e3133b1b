import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { type RefundReason, type RefundStatus, refundReasons, refundStatuses } from './refund.rules.js';

const RefundReasonEnum = enumOf(refundReasons);
registerEnumType(RefundReasonEnum, {
  name: 'RefundReason',
  description: 'Why money goes back.',
  valuesConfig: {
    BOOKING_CANCELLED: { description: 'The lesson was called off, and its policy gives so much back.' },
    NO_SHOW: { description: 'Somebody was absent from the lesson, and its policy gives so much back.' },
    LATE_PAYMENT: { description: 'The money arrived when the lesson could not take place any longer.' },
    BY_STAFF: { description: 'Staff decided so.' },
    PACKAGE_RETURNED: { description: 'Lessons of a package were given back.' },
  },
});

const RefundStatusEnum = enumOf(refundStatuses);
registerEnumType(RefundStatusEnum, {
  name: 'RefundStatus',
  description: 'Where a refund stands.',
  valuesConfig: {
    PENDING: { description: 'It is on its way.' },
    SUCCEEDED: { description: 'The bank has it; it may take days to show there.' },
    FAILED: { description: 'The bank did not take it; staff finds another way.' },
  },
});

@ObjectType('Refund', { simpleResolvers: true, description: 'Money of a payment that goes back to the student.' })
export class RefundType {
  @Field(() => ID, { description: 'Identity of the refund.' })
  declare id: string;

  @Field(() => RefundStatusEnum, { description: 'Where it stands.' })
  declare status: RefundStatus;

  @Field(() => RefundReasonEnum, { description: 'Why it goes back.' })
  declare reason: RefundReason;

  @Field(() => DateTime, { description: 'When it was decided upon.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the bank took or refused it; null before.' })
  declare settledAt: Date | null;
}
