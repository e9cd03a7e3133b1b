import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime, Url } from '@tutorgraph/kit/graphql/scalars';
import { type Role, roles } from '@tutorgraph/kit/viewer/viewer';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NotificationChannelEnum, NotificationUrgencyEnum } from '../notifications/notification.enums.js';
import type { NotificationChannel, Urgency } from '../notifications/notification.rules.js';
import { type AnnouncementStatus, announcementLanguages, announcementStatuses } from './announcement.rules.js';

/** @see announcementStatuses */
export const AnnouncementStatusEnum = enumOf(announcementStatuses);
registerEnumType(AnnouncementStatusEnum, {
  name: 'AnnouncementStatus',
  description: 'Where something that staff sends stands.',
  valuesConfig: {
    QUEUED: { description: 'Nobody has it yet.' },
    SENDING: { description: 'Some people have it.' },
    SENT: { description: 'Everybody has it in the inbox; mails and the like may still be on their way.' },
    CANCELLED: { description: 'It was stopped; who had it by then keeps it.' },
    FAILED: { description: 'It was tried for a day in vain; who had it by then keeps it.' },
  },
});

/** @see announcementLanguages */
export const AnnouncementLanguage = enumOf(announcementLanguages);
registerEnumType(AnnouncementLanguage, {
  name: 'AnnouncementLanguage',
  description: 'A language in which people read.',
  valuesConfig: { en: { description: 'English.' }, ru: { description: 'Russian.' } },
});

/** Roles, as audiences name them. */
export const AudienceRole = enumOf(roles);
registerEnumType(AudienceRole, {
  name: 'AudienceRole',
  description: 'What the people of an audience are: the values of `Role`.',
  valuesConfig: {
    SUPER_ADMIN: { description: 'Super admins.' },
    ADMIN: { description: 'Admins.' },
    HR: { description: 'Who finds and checks tutors.' },
    SUPERVISOR: { description: 'Supervisors.' },
    CURATOR: { description: 'Curators of students.' },
    TUTOR: { description: 'Tutors.' },
    STUDENT: { description: 'Students.' },
  },
});

@ObjectType('AnnouncementText', { simpleResolvers: true, description: 'What staff wrote, in one language.' })
export class AnnouncementTextType {
  @Field(() => AnnouncementLanguage, { description: 'Which language.' })
  declare language: keyof typeof AnnouncementLanguage;

  @Field(() => String, { description: 'The title, one line.' })
  declare title: string;

  @Field(() => String, { description: 'The text below it.' })
  declare body: string;
}

@ObjectType({ simpleResolvers: true, description: 'Something that programs want to find again, by a name.' })
export class MetadataEntry {
  @Field(() => String, { description: 'Its name.' })
  declare key: string;

  @Field(() => String, { description: 'What it says.' })
  declare value: string;
}

@ObjectType({ simpleResolvers: true, description: 'People by what they have in common; conditions add up.' })
export class AudienceSegment {
  @Field(() => AudienceRole, { nullable: true, description: 'People of this role.' })
  declare role: Role | null;

  @Field(() => AnnouncementLanguage, { nullable: true, description: 'People who read this language.' })
  declare locale: keyof typeof AnnouncementLanguage | null;

  @Field(() => DateTime, { nullable: true, description: 'Accounts opened at this moment or later.' })
  declare registeredAfter: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Accounts opened before this moment.' })
  declare registeredBefore: Date | null;

  @Field(() => Int, { nullable: true, description: 'People who had not been here for so many days.' })
  declare inactiveSinceDays: number | null;

  @Field(() => Boolean, { nullable: true, description: 'People whose address is proven, or only the others.' })
  declare emailVerified: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: 'For whom something is that staff sends: one of these.' })
export class AnnouncementAudience {
  @Field(() => Int, {
    nullable: true,
    description: 'So many people whom the sender named; null when it is for others.',
  })
  declare namedPeople: number | null;

  @Field(() => AudienceRole, { nullable: true, description: 'Everybody of this role.' })
  declare role: Role | null;

  @Field(() => AudienceSegment, { nullable: true, description: 'People by what they have in common.' })
  declare segment: AudienceSegment | null;

  @Field(() => String, { nullable: true, description: 'Who listens to this push topic on some device.' })
  declare topic: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'How far something has come that staff sends.' })
export class AnnouncementProgress {
  @Field(() => Int, { description: 'How many people were gone through.' })
  declare done: number;

  @Field(() => Int, { nullable: true, description: 'How many there are; null until they were counted.' })
  declare total: number | null;

  @Field(() => Int, { description: 'Whole per cent, 0 to 100; 100 only when it was sent.' })
  declare percent: number;
}

@ObjectType('Announcement', {
  simpleResolvers: true,
  description: 'Something that staff sends, and how far it has come.',
})
export class AnnouncementType {
  @Field(() => ID, { description: 'Identity of the sending.' })
  declare id: string;

  @Field(() => AnnouncementStatusEnum, { description: 'Where it stands.' })
  declare status: AnnouncementStatus;

  @Field(() => [NotificationChannelEnum], {
    description: 'Over which channels it goes; who has switched one off does not get it there.',
  })
  declare channels: NotificationChannel[];

  @Field(() => NotificationUrgencyEnum, { description: 'How much it matters.' })
  declare urgency: Urgency;

  @Field(() => Url, { nullable: true, description: 'Where it leads; null when it leads nowhere.' })
  declare url: string | null;

  @Field(() => DateTime, { description: 'When it was ordered.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was sent, cancelled or given up; null before.' })
  declare finishedAt: Date | null;
}

export const AnnouncementConnection = connectionOf(AnnouncementType, 'Announcement');

@ObjectType({ simpleResolvers: true, description: 'Something that staff sends has come further.' })
export class AnnouncementChangedEvent {
  @Field(() => String, {
    description: 'How far the stream has come: pass it as `after` to go on from here without a gap.',
  })
  declare cursor: string;

  @Field(() => AnnouncementType, {
    nullable: true,
    description: 'It as it is now; null when the message only tells the cursor, as the first one does.',
  })
  declare announcement: AnnouncementType | null;
}
