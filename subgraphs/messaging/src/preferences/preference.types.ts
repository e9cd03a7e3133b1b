import { Field, InputType, ObjectType } from 'type-graphql';
import { NotificationTypeEnum } from '../catalogue/catalogue.types.js';
import type { DigestMode } from '../deliveries/delivery.rules.js';
import { DigestModeEnum } from '../deliveries/delivery.types.js';
import { MessagingError } from '../errors.js';
import { NotificationChannelEnum, NotificationUrgencyEnum } from '../notifications/notification.enums.js';
import type { NotificationChannel, Urgency } from '../notifications/notification.rules.js';

@ObjectType({ simpleResolvers: true, description: 'Whether notifications of a type go over a channel.' })
class NotificationChannelPreference {
  @Field(() => NotificationChannelEnum, { description: 'The channel.' })
  declare channel: NotificationChannel;

  @Field(() => Boolean, { description: 'Do they go over it?' })
  declare isEnabled: boolean;

  @Field(() => Boolean, { description: 'Would they, had you decided nothing?' })
  declare isDefault: boolean;

  @Field(() => Boolean, { description: 'Is it so whatever you decide, for the type is critical?' })
  declare isLocked: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'How you are told of one type of notification.' })
class NotificationTypePreferences {
  @Field(() => NotificationTypeEnum, { description: 'What they are about.' })
  declare type: string;

  @Field(() => String, { description: 'What the type is called, in your language; ready to be shown.' })
  declare title: string;

  @Field(() => NotificationUrgencyEnum, { description: 'How much they matter.' })
  declare urgency: Urgency;

  @Field(() => [NotificationChannelPreference], { description: 'Every channel.' })
  declare channels: NotificationChannelPreference[];
}

@ObjectType({ simpleResolvers: true, description: 'When you do not want to be disturbed, by the clock of your zone.' })
class NotificationQuietHours {
  @Field(() => String, { description: 'When they begin, such as 22:00.' })
  declare startsAt: string;

  @Field(() => String, { description: 'When they end, such as 07:30; the next day when that is earlier.' })
  declare endsAt: string;
}

@ObjectType({ simpleResolvers: true, description: 'How notifications of a channel are collected that can wait.' })
class NotificationChannelDigest {
  @Field(() => NotificationChannelEnum, { description: 'The channel.' })
  declare channel: NotificationChannel;

  @Field(() => DigestModeEnum, { description: 'When they are sent.' })
  declare mode: DigestMode;
}

@ObjectType({ simpleResolvers: true, description: 'How you want to be told of things.' })
export class NotificationPreferences {
  @Field(() => [NotificationTypePreferences], { description: 'Every type.' })
  declare types: NotificationTypePreferences[];

  @Field(() => NotificationQuietHours, {
    nullable: true,
    description: 'Only what is critical is sent meanwhile, the rest afterwards; null without any.',
  })
  declare quietHours: NotificationQuietHours | null;

  @Field(() => [NotificationChannelDigest], { description: 'Every channel but the inbox.' })
  declare digests: NotificationChannelDigest[];
}

@InputType({ description: 'Whether notifications of a type are to go over a channel.' })
class NotificationPreferenceChange {
  @Field(() => NotificationTypeEnum, { description: 'Which type.' })
  declare type: string;

  @Field(() => NotificationChannelEnum, { description: 'Which channel.' })
  declare channel: NotificationChannel;

  @Field(() => Boolean, { nullable: true, description: 'Are they? Null takes your decision back.' })
  declare isEnabled?: boolean | null;
}

@InputType({ description: 'When you do not want to be disturbed, by the clock of your zone.' })
class NotificationQuietHoursInput {
  @Field(() => String, { description: 'When they begin, such as 22:00.' })
  declare startsAt: string;

  @Field(() => String, { description: 'When they end, such as 07:30; the next day when that is earlier.' })
  declare endsAt: string;
}

@InputType({ description: 'How notifications of a channel are to be collected that can wait.' })
class NotificationDigestChange {
  @Field(() => NotificationChannelEnum, { description: 'Which channel; not the inbox.' })
  declare channel: NotificationChannel;

  @Field(() => DigestModeEnum, { description: 'When they are sent.' })
  declare mode: DigestMode;
}

@InputType({ description: 'What changes about how you are told of things; the rest stays.' })
export class UpdateNotificationPreferencesInput {
  @Field(() => [NotificationPreferenceChange], { nullable: true, description: 'At most 500, each pair once.' })
  declare changes?: NotificationPreferenceChange[] | null;

  @Field(() => NotificationQuietHoursInput, { nullable: true, description: 'Your quiet hours from now on.' })
  declare quietHours?: NotificationQuietHoursInput | null;

  @Field(() => Boolean, { nullable: true, description: 'True ends your quiet hours.' })
  declare clearQuietHours?: boolean | null;

  @Field(() => [NotificationDigestChange], { nullable: true, description: 'Each channel once.' })
  declare digests?: NotificationDigestChange[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'How you are told of things now.' })
export class UpdateNotificationPreferencesPayload {
  @Field(() => NotificationPreferences, { nullable: true, description: 'All of it; null when it was refused.' })
  declare preferences?: NotificationPreferences | null;

  @Field(() => [MessagingError], { description: 'What went wrong: INVALID_INPUT, CHANNEL_REQUIRED.' })
  declare userErrors: MessagingError[];
}
