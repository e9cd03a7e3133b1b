import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** Every expected failure of this room. */
export const messagingErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  // Chat rooms.
  'PERSON_NOT_FOUND',
  'PERSON_BANNED',
  'ROOM_FULL',
  'ROOM_CLOSED',
  'NOT_A_MODERATOR',
  'NOT_IN_SUCH_ROOMS',
  'NOTHING_IN_COMMON',
  'NOT_YOURSELF',
  'OWN_MESSAGE',
  'REPORT_DECIDED',
] as const;
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
    // Chat rooms.
    PERSON_NOT_FOUND: { description: 'There is no account of this person.' },
    PERSON_BANNED: { description: 'A moderator has banned this person from the room.' },
    ROOM_FULL: { description: 'As many people belong to the room as may.' },
    ROOM_CLOSED: { description: 'Nobody writes in this room any more.' },
    NOT_A_MODERATOR: { description: 'You see the room, but only its moderators and staff may do this.' },
    NOT_IN_SUCH_ROOMS: {
      description: 'Rooms of this kind do not have this: nobody joins or leaves a DIRECT room, say.',
    },
    NOTHING_IN_COMMON: { description: 'You have no application and no booking in common with this person.' },
    NOT_YOURSELF: { description: 'You cannot do this to yourself.' },
    OWN_MESSAGE: { description: 'It is your own message.' },
    REPORT_DECIDED: { description: 'Somebody has decided on the report already.' },
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
