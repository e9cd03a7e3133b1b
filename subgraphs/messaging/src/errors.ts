import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

/** Every expected failure of this room. */
export const messagingErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  // Notifications.
  'CHANNEL_REQUIRED',
  // Devices.
  'TOO_MANY_TOPICS',
  // Chat rooms.
  'PERSON_NOT_FOUND',
  'PERSON_BANNED',
  'ROOM_FULL',
  'ROOM_CLOSED',
  'NOT_A_MODERATOR',
  'IS_MODERATOR',
  'NOT_IN_SUCH_ROOMS',
  'NOTHING_IN_COMMON',
  'NOT_YOURSELF',
  'OWN_MESSAGE',
  'REPORT_DECIDED',
  // Chat messages.
  'BLOCKED',
  'TOO_MANY_MESSAGES',
  'SPAM_REFUSED',
  'UPLOAD_NOT_FOUND',
  'UPLOAD_NOT_USABLE',
  'NOT_YOURS',
  'NOT_EDITABLE',
  'MESSAGE_DELETED',
  'TOO_MANY_REACTIONS',
  'TOO_MANY_PINS',
  // Announcements.
  'CRITICAL_NOT_ALLOWED',
  'ANNOUNCEMENT_ENDED',
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
    // Notifications.
    CHANNEL_REQUIRED: { description: 'What is critical goes over this channel whatever you decide.' },
    // Devices.
    TOO_MANY_TOPICS: { description: 'The device listens to as many topics as it may: 50.' },
    // Chat rooms.
    PERSON_NOT_FOUND: { description: 'There is no account of this person.' },
    PERSON_BANNED: { description: 'A moderator has banned this person from the room.' },
    ROOM_FULL: { description: 'As many people belong to the room as may.' },
    ROOM_CLOSED: { description: 'Nobody writes in this room any more.' },
    NOT_A_MODERATOR: { description: 'You see the room, but only its moderators and staff may do this.' },
    IS_MODERATOR: { description: 'They are a moderator of the room: only staff may do this to them.' },
    NOT_IN_SUCH_ROOMS: {
      description: 'Rooms of this kind do not have this: nobody joins or leaves a DIRECT room, say.',
    },
    NOTHING_IN_COMMON: { description: 'You have no application and no booking in common with this person.' },
    NOT_YOURSELF: { description: 'You cannot do this to yourself.' },
    OWN_MESSAGE: { description: 'It is your own message.' },
    REPORT_DECIDED: { description: 'Somebody has decided on the report already.' },
    // Chat messages.
    BLOCKED: { description: 'One of the two people has blocked the other.' },
    TOO_MANY_MESSAGES: { description: 'You write faster than people do; `retryAfter` says how many seconds to wait.' },
    SPAM_REFUSED: { description: 'The same text too often, or too many links from a new account.' },
    UPLOAD_NOT_FOUND: { description: 'There is no such upload of yours.' },
    UPLOAD_NOT_USABLE: {
      description: 'The upload is of another kind than ATTACHMENT, not confirmed, or was sent with another message.',
    },
    NOT_YOURS: { description: 'Only who wrote the message may do this.' },
    NOT_EDITABLE: { description: 'The message was written more than 24 hours ago.' },
    MESSAGE_DELETED: { description: 'The message was deleted.' },
    TOO_MANY_REACTIONS: { description: 'There are 20 different emoji under the message already; take one of them.' },
    TOO_MANY_PINS: { description: 'The room keeps 50 messages in view already; unpin one first.' },
    // Announcements.
    CRITICAL_NOT_ALLOWED: { description: 'Only who may send announcements may ignore what people decided.' },
    ANNOUNCEMENT_ENDED: { description: 'It has been sent, or was given up: there is nothing to stop.' },
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

  @Field(() => Int, {
    nullable: true,
    description: 'With TOO_MANY_MESSAGES: how many seconds to wait before trying again.',
  })
  declare retryAfter?: number | null;
}
