import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LearningError } from '../errors.js';
import {
  type ExchangeChangeKind,
  type ExchangeStatus,
  exchangeChangeKinds,
  exchangeStatuses,
  type LeftOutReason,
  leftOutReasons,
} from './exchange.rules.js';

/** @see exchangeStatuses */
export const ExchangeStatusEnum = enumOf(exchangeStatuses);
registerEnumType(ExchangeStatusEnum, {
  name: 'GetCourseExchangeStatus',
  description: 'Where an exchange with GetCourse stands.',
  valuesConfig: {
    QUEUED: { description: 'It has not begun.' },
    RUNNING: { description: 'GetCourse makes what was asked for, or it is being read; this takes minutes.' },
    SUCCEEDED: { description: 'It is done.' },
    FAILED: { description: 'It was given up: see `failure`. What was changed before stays; start another one.' },
  },
});

/** @see exchangeChangeKinds */
export const ExchangeChangeKindEnum = enumOf(exchangeChangeKinds);
registerEnumType(ExchangeChangeKindEnum, {
  name: 'GetCourseChangeKind',
  description: 'What an exchange changes, or would.',
  valuesConfig: {
    ADD_STUDENT: { description: 'Somebody is added to the school.' },
    MATCH_STUDENT: { description: 'Somebody who is in the school already, by their address, is linked.' },
    ENROLL: { description: 'Somebody is enrolled in a course.' },
    PROGRESS: { description: 'Lessons are completed.' },
    LEAVE_OUT: { description: 'Nothing is done: see `reason`.' },
  },
});

/** @see leftOutReasons */
export const LeftOutReasonEnum = enumOf(leftOutReasons);
registerEnumType(LeftOutReasonEnum, {
  name: 'GetCourseLeftOutReason',
  description: 'Why an exchange leaves something out.',
  valuesConfig: {
    NO_ADDRESS: { description: 'They have no address, by which they could claim their place.' },
    ADDRESS_TAKEN: { description: 'Somebody else has their address.' },
    PROGRESS_UNREADABLE: { description: 'The field says neither a percentage nor a share, such as `40 %` or `4/10`.' },
    PLACE_TAKEN: { description: 'The cohort is full, or the course takes nobody.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A group of users at GetCourse.' })
export class GetCourseGroup {
  @Field(() => ID, { description: 'Its number there.' })
  declare id: string;

  @Field(() => String, { description: 'What it is called there.' })
  declare name: string;
}

@ObjectType('GetCourseLink', {
  simpleResolvers: true,
  description: 'A group at GetCourse whose users learn a course here.',
})
export class GetCourseLinkType {
  @Field(() => ID, { description: 'Identity of the link.' })
  declare id: string;

  @Field(() => ID, { description: 'The group’s number at GetCourse.' })
  declare groupId: string;

  @Field(() => String, { nullable: true, description: 'The field of users there that tells how far they are.' })
  declare progressField: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The group there to which who completes the course is added.',
  })
  declare completedGroup: string | null;
}

@ObjectType('GetCourseExchange', {
  simpleResolvers: true,
  description: 'One time that students and progress are fetched from GetCourse.',
})
export class GetCourseExchangeType {
  @Field(() => ID, { description: 'Identity of the exchange.' })
  declare id: string;

  @Field(() => ExchangeStatusEnum, { description: 'Where it stands.' })
  declare status: ExchangeStatus;

  @Field(() => Boolean, { description: 'Does it only note what it would change?' })
  declare isDryRun: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it was given up, as a code: KEY_REFUSED (look at GETCOURSE_KEY), THROTTLED (more than 100 exports in two hours), UNAVAILABLE and others.',
  })
  declare failure: string | null;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null before.' })
  declare finishedAt: Date | null;
}

/** A page of exchanges. */
export const GetCourseExchangeConnection = connectionOf(GetCourseExchangeType, 'GetCourseExchange');

@ObjectType('GetCourseChange', {
  simpleResolvers: true,
  description: 'Something that an exchange changed; of a dry run, would change.',
})
export class GetCourseChangeType {
  @Field(() => Int, { description: 'Its place in the exchange, from 1.' })
  declare position: number;

  @Field(() => ExchangeChangeKindEnum, { description: 'What it is.' })
  declare kind: ExchangeChangeKind;

  @Field(() => ID, { description: 'Who it is at GetCourse: the user’s number there.' })
  declare externalId: string;

  @Field(() => Int, { nullable: true, description: 'Of PROGRESS: how many lessons are completed after it.' })
  declare lessons: number | null;

  @Field(() => LeftOutReasonEnum, { nullable: true, description: 'Of LEAVE_OUT: why.' })
  declare reason: LeftOutReason | null;
}

/** A page of changes. */
export const GetCourseChangeConnection = connectionOf(GetCourseChangeType, 'GetCourseChange');

@InputType({ description: 'A group at GetCourse whose users are to learn a course here.' })
export class LinkGetCourseGroupInput {
  @Field(() => ID, { description: 'The group’s number at GetCourse: see `getCourseGroups`.' })
  declare groupId: string;

  @Field(() => ID, { description: 'The course that its users learn here.' })
  declare courseId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The cohort of the course into which they come; none when left out.',
  })
  declare cohortId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The field of users there that tells how far they are, as in the heading of its export; it says `40`, `40 %` or `4/10`.',
  })
  declare progressField?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the group there to which who completes the course here is to be added.',
  })
  declare completedGroup?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class LinkGetCourseGroupPayload {
  @Field(() => GetCourseLinkType, { nullable: true, description: 'The link; null when there are errors.' })
  declare link: GetCourseLinkType | null;

  @Field(() => [LearningError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: LearningError[];
}

@InputType({ description: 'Which group is to learn a course no longer.' })
export class UnlinkGetCourseGroupInput {
  @Field(() => ID, { description: 'The link.' })
  declare linkId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class UnlinkGetCourseGroupPayload {
  @Field(() => ID, { nullable: true, description: 'The link that is no more; null when there are errors.' })
  declare linkId: string | null;

  @Field(() => [LearningError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: LearningError[];
}

@InputType({ description: 'How to fetch students and progress from GetCourse.' })
export class StartGetCourseExchangeInput {
  @Field(() => Boolean, { description: 'Only note what would be changed?' })
  declare dryRun: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class StartGetCourseExchangePayload {
  @Field(() => GetCourseExchangeType, {
    nullable: true,
    description: 'The exchange, which goes on by itself: ask for it again; null when there are errors.',
  })
  declare exchange: GetCourseExchangeType | null;

  @Field(() => [LearningError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: LearningError[];
}
