import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { BookingRules, PolicyType } from './policy.types.js';

/** Every expected failure around the rules of the market. */
const policyErrorCodes = ['INVALID_INPUT', 'POLICY_CHANGED'] as const;
/** @see policyErrorCodes */
export type PolicyErrorCode = (typeof policyErrorCodes)[number];
const PolicyErrorCodes = enumOf(policyErrorCodes);
registerEnumType(PolicyErrorCodes, {
  name: 'BookingPolicyErrorCode',
  description: 'Expected failures around the rules of the market.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    POLICY_CHANGED: { description: 'Somebody has published other rules meanwhile: read them and decide anew.' },
  },
});

@ObjectType('BookingPolicyError', {
  implements: UserError,
  simpleResolvers: true,
  description: 'An expected failure around the rules of the market.',
})
export class PolicyError extends UserError {
  @Field(() => PolicyErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: PolicyErrorCode;
}

@InputType({ description: 'The rules that shall hold for new bookings.' })
export class PublishBookingPolicyInput {
  @Field(() => Int, {
    description: 'The version that you have read: if it is not the highest any longer, nothing happens.',
  })
  declare expectedVersion: number;

  @Field(() => BookingRules, { description: 'All rules, also those that stay as they are.' })
  declare rules: BookingRules;
}

@ObjectType({ simpleResolvers: true, description: 'The rules that hold now.' })
export class PublishBookingPolicyPayload {
  @Field(() => PolicyType, { nullable: true, description: 'The new policy; null when it was refused.' })
  declare policy?: PolicyType | null;

  @Field(() => [PolicyError], { description: 'What has to be corrected: INVALID_INPUT, POLICY_CHANGED.' })
  declare userErrors: PolicyError[];
}
