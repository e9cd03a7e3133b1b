import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type InterviewCanceller,
  type InterviewStatus,
  type InterviewVerdict,
  interviewCancellers,
  interviewStatuses,
  interviewVerdicts,
} from './interview.rules.js';

const InterviewStatusEnum = enumOf(interviewStatuses);
registerEnumType(InterviewStatusEnum, {
  name: 'InterviewStatus',
  description: 'Where an interview stands. PENDING and SCHEDULED can still change.',
  valuesConfig: {
    PENDING: { description: 'The tutor has asked for it; staff has given it no time.' },
    SCHEDULED: { description: 'It has a time and an interviewer.' },
    COMPLETED: { description: 'It took place; see `verdict`.' },
    REJECTED: { description: 'Staff gives none; see `rejectionReason`.' },
    CANCELLED: { description: 'The tutor or staff gave it up.' },
  },
});

/** For inputs and payloads. */
export const InterviewVerdictEnum = enumOf(interviewVerdicts);
registerEnumType(InterviewVerdictEnum, {
  name: 'InterviewVerdict',
  description: 'How the tutor did.',
  valuesConfig: {
    PASSED: { description: 'The offering is shown as interviewed.' },
    FAILED: { description: 'It is not; the tutor may ask for another interview.' },
  },
});

const InterviewCancellerEnum = enumOf(interviewCancellers);
registerEnumType(InterviewCancellerEnum, {
  name: 'InterviewCanceller',
  description: 'Who gave an interview up.',
  valuesConfig: { TUTOR: { description: 'The tutor.' }, STAFF: { description: 'A member of staff.' } },
});

@Directive('@key(fields: "id")')
@ObjectType('Interview', {
  simpleResolvers: true,
  description: 'A talk of staff with a tutor about one subject that the tutor teaches; seen by that tutor and staff.',
})
export class InterviewType {
  @Field(() => ID, { description: 'Identity of the interview.' })
  declare id: string;

  @Field(() => InterviewStatusEnum, { description: 'Where it stands.' })
  declare status: InterviewStatus;

  @Field(() => String, { nullable: true, description: 'What the tutor wrote to staff when asking for it.' })
  declare note: string | null;

  @Field(() => String, { nullable: true, description: 'When it would suit the tutor, in their words.' })
  declare preferredTimes: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it begins; null until it is scheduled.' })
  declare startsAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ends; null until it is scheduled.' })
  declare endsAt: Date | null;

  @Field(() => Int, {
    description: 'Counts its changes; give it back as `expectedVersion`, so that you overwrite nothing unseen.',
  })
  declare version: number;

  @Field(() => InterviewVerdictEnum, { nullable: true, description: 'How the tutor did; null until it is COMPLETED.' })
  declare verdict: InterviewVerdict | null;

  @Field(() => String, { nullable: true, description: 'Why staff gives none; null unless it is REJECTED.' })
  declare rejectionReason: string | null;

  @Field(() => InterviewCancellerEnum, { nullable: true, description: 'Who gave it up; null unless it is CANCELLED.' })
  declare cancelledBy: InterviewCanceller | null;

  @Field(() => String, { nullable: true, description: 'Why it was given up, if somebody said so.' })
  declare cancelReason: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was completed, rejected or cancelled.' })
  declare decidedAt: Date | null;

  @Field(() => DateTime, { description: 'When the tutor asked for it.' })
  declare createdAt: Date;
}

export const InterviewConnection = connectionOf(InterviewType, 'Interview');

@InputType({ description: 'Which interviews; conditions add up.' })
export class InterviewFilter {
  @Field(() => InterviewStatusEnum, { nullable: true, description: 'Only interviews that stand so.' })
  declare status?: InterviewStatus | null;

  @Field(() => ID, { nullable: true, description: 'Only with this tutor.' })
  declare tutorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those that this member of staff holds; an account’s id.' })
  declare interviewerId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only those that begin then or later.' })
  declare from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only those that begin earlier.' })
  declare to?: Date | null;
}
