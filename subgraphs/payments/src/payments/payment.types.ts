import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import {
  type PaymentKind,
  type PaymentMethodKind,
  type PaymentStatus,
  paymentKinds,
  paymentMethods,
  paymentStatuses,
} from './payment.rules.js';

const PaymentKindEnum = enumOf(paymentKinds);
registerEnumType(PaymentKindEnum, {
  name: 'PaymentKind',
  description: 'What is paid for.',
  valuesConfig: {
    LESSON: { description: 'One booking.' },
    PACKAGE: { description: 'A package of lessons.' },
    COURSE: { description: 'A course of the school.' },
  },
});

const PaymentMethodEnum = enumOf(paymentMethods);
registerEnumType(PaymentMethodEnum, {
  name: 'PaymentMethod',
  description: 'How it is paid.',
  valuesConfig: {
    CHECKOUT: { description: "On Stripe's page; see `checkoutUrl`." },
    INTENT: { description: "In your own form, by Stripe's SDK and a client secret." },
    PACKAGE: { description: 'From a package of lessons that was paid before.' },
  },
});

const PaymentStatusEnum = enumOf(paymentStatuses);
registerEnumType(PaymentStatusEnum, {
  name: 'PaymentStatus',
  description: 'Where a payment stands.',
  valuesConfig: {
    PENDING: { description: 'It waits to be paid; a declined attempt may be repeated.' },
    PROCESSING: { description: 'A bank takes its time over it.' },
    SUCCEEDED: { description: 'The money has arrived.' },
    PARTIALLY_REFUNDED: { description: 'A part of the money went back.' },
    REFUNDED: { description: 'All of the money went back.' },
    CANCELLED: { description: 'It ended unpaid and cannot be paid any more.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Payment', {
  simpleResolvers: true,
  description:
    'Money of a student for one lesson, one package of lessons or one course; seen by those whom it concerns and staff.',
})
export class PaymentType {
  @Field(() => ID, { description: 'Identity of the payment.' })
  declare id: string;

  @Field(() => PaymentKindEnum, { description: 'What is paid for.' })
  declare kind: PaymentKind;

  @Field(() => PaymentMethodEnum, { description: 'How it is paid.' })
  declare method: PaymentMethodKind;

  @Field(() => PaymentStatusEnum, { description: 'Where it stands.' })
  declare status: PaymentStatus;

  @Field(() => String, {
    nullable: true,
    description: "Stripe's page to pay on; null when there is none, and once it is over.",
  })
  declare checkoutUrl: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when it can be paid; null once it is or has ended.' })
  declare expiresAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the money arrived; null before.' })
  declare paidAt: Date | null;

  @Field(() => DateTime, { description: 'When it was begun.' })
  declare createdAt: Date;
}

/** A page of payments. */
export const PaymentConnection = connectionOf(PaymentType, 'Payment');

@InputType({ description: 'Which payments; conditions add up.' })
export class PaymentsFilter {
  @Field(() => PaymentStatusEnum, { nullable: true, description: 'Only payments that stand so.' })
  declare status?: PaymentStatus | null;

  @Field(() => ID, { nullable: true, description: 'Only payments of this account.' })
  declare payerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only payments for this tutor.' })
  declare tutorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only payments for this booking.' })
  declare bookingId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only of this package: for it, and for lessons from it.' })
  declare packageId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only payments that were begun then or later.' })
  declare from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only payments that were begun before then.' })
  declare to?: Date | null;
}
