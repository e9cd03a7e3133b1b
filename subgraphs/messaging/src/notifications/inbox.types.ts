import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { NotificationTypeEnum } from '../catalogue/catalogue.types.js';
import { MessagingError } from '../errors.js';
import { NotificationTargetKindEnum, NotificationUrgencyEnum } from './notification.enums.js';
import type { TargetKind, Urgency } from './notification.rules.js';

@ObjectType({ simpleResolvers: true, description: 'What a notification leads to.' })
export class NotificationTarget {
  @Field(() => NotificationTargetKindEnum, { description: 'What kind of thing; it says by which query it is found.' })
  declare kind: TargetKind;

  @Field(() => ID, { description: 'Its identity.' })
  declare id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Notification', {
  simpleResolvers: true,
  description: 'Something that a person is told; seen by that person alone.',
})
export class InboxNotification {
  @Field(() => ID, { description: 'Identity of the notification.' })
  declare id: string;

  @Field(() => NotificationUrgencyEnum, { description: 'How much it matters.' })
  declare urgency: Urgency;

  @Field(() => DateTime, { nullable: true, description: 'When you read it; null before.' })
  declare readAt: Date | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  declare createdAt: Date;
}

/** A page of notifications. */
export const NotificationConnection = connectionOf(InboxNotification, 'Notification');

@InputType({ description: 'Which of your notifications; conditions add up.' })
export class NotificationFilter {
  @Field(() => Boolean, { nullable: true, description: 'Only those that you have not read.' })
  declare unreadOnly?: boolean | null;

  @Field(() => [NotificationTypeEnum], { nullable: true, description: 'Only of these types; of all without it.' })
  declare types?: string[] | null;
}

@InputType({ description: 'Which notification you have read.' })
export class MarkNotificationReadInput {
  @Field(() => ID, { description: 'The notification.' })
  declare notificationId: string;
}

@InputType({ description: 'Which notifications you have read.' })
export class MarkAllNotificationsReadInput {
  @Field(() => ID, {
    nullable: true,
    description:
      'The newest one that you have seen: those that have come since stay unread. Without it all that there are.',
  })
  declare upToId?: string | null;
}

@InputType({ description: 'Which notification you delete.' })
export class DeleteNotificationInput {
  @Field(() => ID, { description: 'The notification.' })
  declare notificationId: string;
}

@InputType({ description: 'Which notifications you delete.' })
export class DeleteAllNotificationsInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The newest one that you have seen: those that have come since stay. Without it all that there are.',
  })
  declare upToId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The notification that was read.' })
export class MarkNotificationReadPayload {
  @Field(() => InboxNotification, { nullable: true, description: 'As it is now; null when it was refused.' })
  declare notification?: InboxNotification | null;

  @Field(() => Int, { nullable: true, description: 'How many are unread now; null when it was refused.' })
  declare unreadCount?: number | null;

  @Field(() => [MessagingError], { description: 'What went wrong: NOT_FOUND.' })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'What was read.' })
export class MarkAllNotificationsReadPayload {
  @Field(() => Int, { nullable: true, description: 'How many had not been read before; null when it was refused.' })
  declare changedCount?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many are unread now; null when it was refused.' })
  declare unreadCount?: number | null;

  @Field(() => [MessagingError], { description: 'What went wrong: NOT_FOUND.' })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'What was deleted.' })
export class DeleteNotificationPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The notification that is gone, also when it was already; null when it was refused.',
  })
  declare deletedNotificationId?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many are unread now; null when it was refused.' })
  declare unreadCount?: number | null;

  @Field(() => [MessagingError], { description: 'What went wrong: NOT_FOUND.' })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'What was deleted.' })
export class DeleteAllNotificationsPayload {
  @Field(() => Int, { nullable: true, description: 'How many are gone; null when it was refused.' })
  declare deletedCount?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many are unread now; null when it was refused.' })
  declare unreadCount?: number | null;

  @Field(() => [MessagingError], { description: 'What went wrong: NOT_FOUND.' })
  declare userErrors: MessagingError[];
}

const CURSOR = 'How far the stream has come: pass it as `after` to go on from here without a gap.';

@ObjectType({ simpleResolvers: true, description: 'You have a new notification.' })
export class NotificationReceivedEvent {
  @Field(() => String, { description: CURSOR })
  declare cursor: string;

  @Field(() => InboxNotification, {
    nullable: true,
    description:
      'The notification; null when the message only tells the cursor, as the first one does, or when it is deleted already.',
  })
  declare notification: InboxNotification | null;
}

@ObjectType({ simpleResolvers: true, description: 'The number of your unread notifications may have changed.' })
export class UnreadNotificationCountChangedEvent {
  @Field(() => String, { description: CURSOR })
  declare cursor: string;

  @Field(() => Int, { description: 'How many are unread now; the first message tells it at once.' })
  declare count: number;
}
