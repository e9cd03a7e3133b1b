import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { InterviewType } from './interview.types.js';

/** Every expected failure around interviews. */
export const interviewErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'PROFILE_REQUIRED',
  'SUBJECT_ARCHIVED',
  'INTERVIEW_REQUESTED_BEFORE',
  'INTERVIEW_PASSED_BEFORE',
  'INTERVIEW_OVER',
  'INTERVIEW_CHANGED',
  'INTERVIEW_NOT_PENDING',
  'INTERVIEW_NOT_SCHEDULED',
  'INTERVIEW_NOT_BEGUN',
  'INTERVIEW_IN_THE_PAST',
  'INTERVIEWER_UNKNOWN',
  'INTERVIEWER_BUSY',
  'TUTOR_BUSY',
  'OWN_INTERVIEW',
] as const;
/** @see interviewErrorCodes */
export type InterviewErrorCode = (typeof interviewErrorCodes)[number];
const InterviewErrorCodes = enumOf(interviewErrorCodes);
registerEnumType(InterviewErrorCodes, {
  name: 'InterviewErrorCode',
  description: 'Expected failures around interviews.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such interview or offering that you may see.' },
    PROFILE_REQUIRED: { description: 'Create your tutor profile first.' },
    SUBJECT_ARCHIVED: { description: 'The subject is not taught here any longer.' },
    INTERVIEW_REQUESTED_BEFORE: { description: 'There is an interview about this offering already.' },
    INTERVIEW_PASSED_BEFORE: { description: 'The tutor has passed an interview about this subject.' },
    INTERVIEW_OVER: { description: 'It was completed, rejected or cancelled already.' },
    INTERVIEW_CHANGED: { description: 'Somebody has changed it since you saw it: look at it again.' },
    INTERVIEW_NOT_PENDING: { description: 'It is not PENDING any longer.' },
    INTERVIEW_NOT_SCHEDULED: { description: 'It is not SCHEDULED.' },
    INTERVIEW_NOT_BEGUN: { description: 'It has not begun.' },
    INTERVIEW_IN_THE_PAST: { description: 'This time is over.' },
    INTERVIEWER_UNKNOWN: { description: 'There is no such account that could hold it.' },
    INTERVIEWER_BUSY: { description: 'The interviewer has another interview then.' },
    TUTOR_BUSY: { description: 'The tutor has a lesson, another interview or something in another calendar then.' },
    OWN_INTERVIEW: { description: 'Nobody decides about themselves.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around an interview.' })
export class InterviewError extends UserError {
  @Field(() => InterviewErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: InterviewErrorCode;
}

@ObjectType({ simpleResolvers: true, description: 'Your request.' })
export class RequestInterviewPayload {
  @Field(() => InterviewType, { nullable: true, description: 'The interview; null when it was refused.' })
  declare interview?: InterviewType | null;

  @Field(() => [InterviewError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, PROFILE_REQUIRED, SUBJECT_ARCHIVED, INTERVIEW_REQUESTED_BEFORE, INTERVIEW_PASSED_BEFORE.',
  })
  declare userErrors: InterviewError[];
}

@ObjectType({ simpleResolvers: true, description: 'The interview after the change.' })
export class UpdateInterviewPayload {
  @Field(() => InterviewType, { nullable: true, description: 'The interview; null when the change was refused.' })
  declare interview?: InterviewType | null;

  @Field(() => [InterviewError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, INTERVIEW_OVER, INTERVIEW_CHANGED, INTERVIEWER_UNKNOWN, INTERVIEWER_BUSY, OWN_INTERVIEW.',
  })
  declare userErrors: InterviewError[];
}

@ObjectType({ simpleResolvers: true, description: 'The interview with its time.' })
export class ScheduleInterviewPayload {
  @Field(() => InterviewType, { nullable: true, description: 'The interview; null when it was not scheduled.' })
  declare interview?: InterviewType | null;

  @Field(() => [InterviewError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, INTERVIEW_OVER, INTERVIEW_CHANGED, INTERVIEW_IN_THE_PAST, INTERVIEWER_UNKNOWN, INTERVIEWER_BUSY, TUTOR_BUSY, OWN_INTERVIEW.',
  })
  declare userErrors: InterviewError[];
}

@ObjectType({ simpleResolvers: true, description: 'The interview, rejected.' })
export class RejectInterviewPayload {
  @Field(() => InterviewType, { nullable: true, description: 'The interview; null when it was not rejected.' })
  declare interview?: InterviewType | null;

  @Field(() => [InterviewError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, INTERVIEW_NOT_PENDING, OWN_INTERVIEW.',
  })
  declare userErrors: InterviewError[];
}

@ObjectType({ simpleResolvers: true, description: 'The interview with its verdict.' })
export class CompleteInterviewPayload {
  @Field(() => InterviewType, { nullable: true, description: 'The interview; null when it was not completed.' })
  declare interview?: InterviewType | null;

  @Field(() => [InterviewError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, INTERVIEW_NOT_SCHEDULED, INTERVIEW_NOT_BEGUN, OWN_INTERVIEW.',
  })
  declare userErrors: InterviewError[];
}

@ObjectType({ simpleResolvers: true, description: 'The interview, cancelled.' })
export class CancelInterviewPayload {
  @Field(() => InterviewType, { nullable: true, description: 'The interview; null when it was not cancelled.' })
  declare interview?: InterviewType | null;

  @Field(() => [InterviewError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND, INTERVIEW_OVER.' })
  declare userErrors: InterviewError[];
}
