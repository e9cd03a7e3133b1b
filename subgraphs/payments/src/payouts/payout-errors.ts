import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** Every expected failure around tutors' money. */
const payoutErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'TUTOR_PROFILE_REQUIRED',
  'PAYOUT_ACCOUNT_REQUIRED',
  'PAYOUT_ACCOUNT_INCOMPLETE',
  'PAYOUTS_DISABLED',
  'COUNTRY_NOT_SUPPORTED',
  'INVALID_RETURN_URL',
  'INSUFFICIENT_BALANCE',
  'BALANCE_NOT_SETTLED',
  'WITHDRAWAL_DECIDED',
  'TRANSFER_REFUSED',
  'NOT_YOURSELF',
  'IDEMPOTENCY_KEY_REUSED',
] as const;
/** @see payoutErrorCodes */
export type PayoutErrorCode = (typeof payoutErrorCodes)[number];
const PayoutErrorCodes = enumOf(payoutErrorCodes);
registerEnumType(PayoutErrorCodes, {
  name: 'PayoutErrorCode',
  description: "Expected failures around tutors' money.",
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is nothing like this that you may see.' },
    TUTOR_PROFILE_REQUIRED: { description: 'Only who has a tutor profile is paid: create it first.' },
    PAYOUT_ACCOUNT_REQUIRED: { description: 'There is no payout account yet: see `createPayoutAccount`.' },
    PAYOUT_ACCOUNT_INCOMPLETE: { description: 'Stripe still wants to know something: see `payoutOnboardingLink`.' },
    PAYOUTS_DISABLED: { description: 'Stripe pays nothing out of this account at present; see `disabledReason`.' },
    COUNTRY_NOT_SUPPORTED: { description: 'Stripe cannot pay people in this country.' },
    INVALID_RETURN_URL: { description: 'The address is of no page of ours.' },
    INSUFFICIENT_BALANCE: { description: 'There is less than that; see `myBalance`.' },
    BALANCE_NOT_SETTLED: {
      description: 'The money is there, but its payments are not settled yet: try again in some days.',
    },
    WITHDRAWAL_DECIDED: { description: 'The withdrawal was decided or taken back already.' },
    TRANSFER_REFUSED: { description: 'Stripe refuses the transfer; `transfers` tells its code.' },
    NOT_YOURSELF: { description: 'Somebody else has to do this: the money is yours.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'The key was used with another input.' },
  },
});

@ObjectType('PayoutError', {
  implements: UserError,
  simpleResolvers: true,
  description: "An expected failure around tutors' money.",
})
export class PayoutError extends UserError {
  @Field(() => PayoutErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: PayoutErrorCode;
}
