import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** Every expected failure of this room. */
export const messagingErrorCodes = ['INVALID_INPUT', 'NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'] as const;
/** @see messagingErrorCodes */
export type MessagingErrorCode = (typeof messagingErrorCodes)[number];
const MessagingErrorCodes = enumOf(messagingErrorCodes);
registerEnumType(MessagingErrorCodes, {
  name: 'MessagingErrorCode',
  description: 'Expected failures around notifications and chat.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such thing that you may see.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'The key was used with another input within the last 24 hours.' },
  },
});

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'An expected failure around notifications and chat.',
})
export class MessagingError extends UserError {
  @Field(() => MessagingErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: MessagingErrorCode;
}
