import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { createUnionType, Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { type FollowedKind, followedKinds } from './followed-change.rules.js';

/** @see followedKinds */
export const FollowedKindEnum = enumOf(followedKinds);
registerEnumType(FollowedKindEnum, {
  name: 'FollowedKind',
  description: 'What changes elsewhere and is told to devices.',
  valuesConfig: {
    BOOKING: { description: 'A lesson of yours, as student or tutor.' },
    ORDER: { description: 'An order of yours, or one that you applied to; also when an application to it changed.' },
    PAYMENT: { description: 'A payment of yours.' },
    LEARNING_PROGRESS: {
      description: 'A course that you learn: your enrolment, or a lesson or test of it.',
    },
    HOMEWORK: { description: 'Homework of yours: it was given, checked, reviewed, returned or extended.' },
  },
});

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Booking', { simpleResolvers: true, description: 'A lesson that was agreed upon.' })
export class BookingReference {
  @Field(() => ID, { description: 'Identity of the booking.' })
  declare id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Order', { simpleResolvers: true, description: "A student's wish to be taught." })
export class OrderReference {
  @Field(() => ID, { description: 'Identity of the order.' })
  declare id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Payment', { simpleResolvers: true, description: 'Money for a lesson or a package.' })
export class PaymentReference {
  @Field(() => ID, { description: 'Identity of the payment.' })
  declare id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Enrollment', { simpleResolvers: true, description: 'A student in a course.' })
export class EnrollmentReference {
  @Field(() => ID, { description: 'Identity of the enrolment.' })
  declare id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('HomeworkAssignment', { simpleResolvers: true, description: 'Homework that was given to a student.' })
export class HomeworkAssignmentReference {
  @Field(() => ID, { description: 'Identity of the assignment.' })
  declare id: string;
}

const references = {
  BOOKING: BookingReference,
  ORDER: OrderReference,
  PAYMENT: PaymentReference,
  LEARNING_PROGRESS: EnrollmentReference,
  HOMEWORK: HomeworkAssignmentReference,
} as const satisfies Record<FollowedKind, unknown>;

/** Something of another room. */
export type Followed = InstanceType<(typeof references)[keyof typeof references]>;

/** @see Followed */
export const FollowedUnion = createUnionType({
  name: 'Followed',
  description: 'Something of yours that changes elsewhere.',
  types: () => Object.values(references),
});

/** A reference to something of another room. */
export function referenceTo(kind: FollowedKind, id: string): Followed {
  return Object.assign(new references[kind](), { id });
}
