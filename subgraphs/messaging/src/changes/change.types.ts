import { Field, ID, ObjectType } from 'type-graphql';
import { FollowedKindEnum } from './followed.types.js';
import type { FollowedKind } from './followed-change.rules.js';

@ObjectType({ simpleResolvers: true, description: 'A chat room of yours, or your place in it, changed.' })
export class ChatRoomChange {
  @Field(() => ID, { description: 'Identity of the room.' })
  declare id: string;

  @Field(() => Boolean, {
    description:
      'Do you belong to it since you asked last? Then drop what you hold of it: its latest 100 messages come with this page and the next ones; older ones are there by `messages`.',
  })
  declare isNew: boolean;

  /** Null in `room` says so to clients. */
  declare isGone: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'A notification of yours is new, was read or deleted.' })
export class NotificationChange {
  @Field(() => ID, { description: 'Identity of the notification.' })
  declare id: string;

  /** Null in `notification` says so to clients. */
  declare isGone: boolean;
}

@ObjectType('FollowedChange', {
  simpleResolvers: true,
  description: 'Something of yours changed that is kept elsewhere.',
})
export class FollowedChangeType {
  @Field(() => ID, { description: 'Identity of the thing.' })
  declare id: string;

  @Field(() => FollowedKindEnum, { description: 'What it is.' })
  declare kind: FollowedKind;

  /** Null in `subject` says so to clients. */
  declare isGone: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'What changed for you, as it is now. Apply it in this order: reset, rooms, messages, notifications, followed. Whatever changed again meanwhile comes again.',
})
export class Changes {
  @Field(() => Boolean, {
    description:
      'Drop all that you hold before you apply this page: it begins with everything. So it is without a cursor, after two months away, with a cursor of somebody else, and after a restore of the database.',
  })
  declare isReset: boolean;

  @Field(() => Boolean, { description: 'Is there more? Then ask again at once, with `cursor`.' })
  declare hasMore: boolean;

  @Field(() => String, { description: 'Keep it with what you applied, and pass it the next time.' })
  declare cursor: string;

  @Field(() => [ChatRoomChange], { description: 'Rooms to which you belong, or do not any longer.' })
  declare rooms: ChatRoomChange[];

  @Field(() => [NotificationChange], {
    description: 'Notifications. Those older than two months are removed without a word: drop them by yourself.',
  })
  declare notifications: NotificationChange[];

  @Field(() => [FollowedChangeType], { description: 'What changed in other rooms: ask for it by what you select.' })
  declare followed: FollowedChangeType[];

  /** Ids; resolved to messages. */
  declare messageIds: string[];
}
