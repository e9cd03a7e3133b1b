import { DateTime, Url } from '@tutorgraph/kit/graphql/scalars';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { MessagingError } from '../errors.js';
import { NotificationChannelEnum, NotificationUrgencyEnum } from '../notifications/notification.enums.js';
import type { NotificationChannel, Urgency } from '../notifications/notification.rules.js';
import { AnnouncementLanguage, AnnouncementType, AudienceRole } from './announcement.types.js';

const KEY = 'Any text of your own, the same when you try again: then it is sent once. Kept for 24 hours.';

@InputType({ description: 'What to say, in one language.' })
export class AnnouncementTextInput {
  @Field(() => AnnouncementLanguage, { description: 'Which language.' })
  declare language: keyof typeof AnnouncementLanguage;

  @Field(() => String, { description: 'The title, one line of 1 to 200 characters.' })
  declare title: string;

  @Field(() => String, { description: 'The text below it, 1 to 4,000 characters.' })
  declare body: string;
}

@InputType({ description: 'Something that programs want to find again, by a name.' })
export class MetadataEntryInput {
  @Field(() => String, { description: 'Its name: a letter, then letters, digits, `_` and `-`; 40 in all.' })
  declare key: string;

  @Field(() => String, { description: 'What it says, at most 500 characters.' })
  declare value: string;
}

@InputType()
class SendingInput {
  @Field(() => [NotificationChannelEnum], {
    description: 'Over which channels; who has switched one off does not get it there.',
  })
  declare channels: NotificationChannel[];

  @Field(() => NotificationUrgencyEnum, {
    nullable: true,
    description: 'How much it matters, NORMAL by default; CRITICAL is for those who may send announcements.',
  })
  declare urgency?: Urgency | null;

  @Field(() => [AnnouncementTextInput], {
    description: 'What to say, once for each language; who reads a language that is missing gets the other one.',
  })
  declare texts: AnnouncementTextInput[];

  @Field(() => Url, { nullable: true, description: 'Where it leads, an http or https address.' })
  declare url?: string | null;

  @Field(() => [MetadataEntryInput], {
    nullable: true,
    description: 'At most 20 things that your programs want to find again in the notification.',
  })
  declare metadata?: MetadataEntryInput[] | null;

  @Field(() => String, { nullable: true, description: KEY })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'What staff writes to single people.' })
export class SendNotificationInput extends SendingInput {
  @Field(() => [ID], { description: 'To whom, 1 to 1,000 accounts.' })
  declare userIds: string[];
}

@InputType({ description: 'People by what they have in common; conditions add up.' })
export class AudienceSegmentInput {
  @Field(() => AudienceRole, { nullable: true, description: 'Only people of this role.' })
  declare role?: Role | null;

  @Field(() => AnnouncementLanguage, { nullable: true, description: 'Only people who read this language.' })
  declare locale?: keyof typeof AnnouncementLanguage | null;

  @Field(() => DateTime, { nullable: true, description: 'Only accounts opened at this moment or later.' })
  declare registeredAfter?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only accounts opened before this moment.' })
  declare registeredBefore?: Date | null;

  @Field(() => Int, { nullable: true, description: 'Only people who have not been here for so many days, 1 to 3,650.' })
  declare inactiveSinceDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Only people whose address is proven, or only the others.' })
  declare emailVerified?: boolean | null;
}

@InputType({ description: 'For whom an announcement is: give exactly one of these.' })
export class AnnouncementAudienceInput {
  @Field(() => AudienceRole, { nullable: true, description: 'Everybody of this role.' })
  declare role?: Role | null;

  @Field(() => AudienceSegmentInput, {
    nullable: true,
    description: 'People by what they have in common; without a condition everybody.',
  })
  declare segment?: AudienceSegmentInput | null;

  @Field(() => String, { nullable: true, description: 'Who listens to this push topic on some device.' })
  declare topic?: string | null;
}

@InputType({ description: 'What staff tells many people.' })
export class SendAnnouncementInput extends SendingInput {
  @Field(() => AnnouncementAudienceInput, { description: 'To whom.' })
  declare audience: AnnouncementAudienceInput;
}

@InputType({ description: 'Which sending to stop.' })
export class CancelAnnouncementInput {
  @Field(() => ID, { description: 'Identity of the sending.' })
  declare announcementId: string;
}

@ObjectType()
class AnnouncementPayload {
  @Field(() => AnnouncementType, { nullable: true, description: 'The sending; null when it was refused.' })
  declare announcement?: AnnouncementType | null;

  @Field(() => [MessagingError], { description: 'Why it was refused.' })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'What is on its way to single people.' })
export class SendNotificationPayload extends AnnouncementPayload {}

@ObjectType({ simpleResolvers: true, description: 'What is on its way to many people.' })
export class SendAnnouncementPayload extends AnnouncementPayload {}

@ObjectType({ simpleResolvers: true, description: 'The sending that was stopped.' })
export class CancelAnnouncementPayload extends AnnouncementPayload {}
