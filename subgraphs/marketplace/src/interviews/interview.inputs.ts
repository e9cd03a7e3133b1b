import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { InterviewVerdict } from './interview.rules.js';
import { InterviewVerdictEnum } from './interview.types.js';

@InputType({ description: 'About what you want to be interviewed.' })
export class RequestInterviewInput {
  @Field(() => ID, { description: 'Which offering of yours.' })
  declare offeringId: string;

  @Field(() => String, { nullable: true, description: 'What staff should know, at most 2,000 characters.' })
  declare note?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'When it would suit you, in your words with your time zone, at most 500 characters.',
  })
  declare preferredTimes?: string | null;
}

@InputType({ description: 'What to change in an interview; what is left out stays.' })
export class UpdateInterviewInput {
  @Field(() => ID, { description: 'Which interview.' })
  declare interviewId: string;

  @Field(() => Int, { description: 'Its `version` as you saw it.' })
  declare expectedVersion: number;

  @Field(() => String, {
    nullable: true,
    description: 'For staff alone, at most 5,000 characters; null or nothing but blanks clears it.',
  })
  declare internalNote?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who talks with the tutor: the account of a member of staff.' })
  declare interviewerId?: string | null;
}

@InputType({ description: 'When an interview is to be.' })
export class ScheduleInterviewInput {
  @Field(() => ID, { description: 'Which interview, PENDING or SCHEDULED.' })
  declare interviewId: string;

  @Field(() => Int, { description: 'Its `version` as you saw it.' })
  declare expectedVersion: number;

  @Field(() => DateTime, { description: 'When it begins.' })
  declare startsAt: Date;

  @Field(() => Int, { description: 'How long it is, 10 to 180 minutes.' })
  declare durationMinutes: number;

  @Field(() => ID, {
    nullable: true,
    description:
      'Who talks with the tutor: the account of a member of staff. Without it whoever was to do so before, or else you.',
  })
  declare interviewerId?: string | null;
}

@InputType({ description: 'Why there is no interview.' })
export class RejectInterviewInput {
  @Field(() => ID, { description: 'Which interview, PENDING.' })
  declare interviewId: string;

  @Field(() => String, { description: 'For the tutor, 1 to 2,000 characters.' })
  declare reason: string;
}

@InputType({ description: 'How an interview went.' })
export class CompleteInterviewInput {
  @Field(() => ID, { description: 'Which interview, SCHEDULED and begun.' })
  declare interviewId: string;

  @Field(() => InterviewVerdictEnum, { description: 'How the tutor did.' })
  declare verdict: InterviewVerdict;

  @Field(() => String, { nullable: true, description: 'For staff alone, at most 5,000 characters.' })
  declare note?: string | null;
}

@InputType({ description: 'Which interview to give up.' })
export class CancelInterviewInput {
  @Field(() => ID, { description: 'Which interview, PENDING or SCHEDULED.' })
  declare interviewId: string;

  @Field(() => String, { nullable: true, description: 'For the other side, at most 2,000 characters.' })
  declare reason?: string | null;
}
