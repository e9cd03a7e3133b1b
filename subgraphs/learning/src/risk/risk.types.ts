import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { type RiskLevel, type RiskModelStatus, riskLevels, riskModelStatuses } from './risk.rules.js';
import { RISK_REASON_CODES, type RiskReasonCode } from './risk-reasons.js';

/** @see riskLevels */
export const RiskLevelEnum = enumOf(riskLevels);
registerEnumType(RiskLevelEnum, {
  name: 'RiskLevel',
  description: 'How much danger somebody is in of giving up a course, by the thresholds of the school.',
  valuesConfig: {
    LOW: { description: 'Nothing needs to be done.' },
    WATCH: { description: 'Worth a look.' },
    AT_RISK: { description: 'Somebody should talk to them.' },
  },
});

const RiskReasonCodeEnum = enumOf(RISK_REASON_CODES);
registerEnumType(RiskReasonCodeEnum, {
  name: 'RiskReasonCode',
  description: 'Why somebody is at risk; each says what the value counts.',
  valuesConfig: {
    NEVER_STARTED: { description: 'They have done nothing yet. Value: days since their course began.' },
    NO_HOMEWORK_SINCE: { description: 'What is due is missing. Value: days since they last handed something in.' },
    MISSED_WORK: { description: 'Work that was due earlier is missing. Value: how many.' },
    BEHIND_OTHERS: { description: 'Most others have handed in what is not even due. Value: how many such works.' },
    LOW_SCORES: { description: 'Their scores are among the lower ones. Value: the mean, in percent.' },
    FALLING_SCORES: { description: 'Their last score is lower than their first. Value: by how many points.' },
    LATE_SUBMISSIONS: { description: 'They hand in late. Value: how many works were late.' },
    LAST_MINUTE: { description: 'They hand in later than most. Value: percentage of others who are earlier.' },
    REPEATED_COURSE: { description: 'They begin the course again. Value: how often they did before.' },
    ENROLLED_LATE: { description: 'They enrolled later than most. Value: percentage of others who were earlier.' },
    INACTIVE: { description: 'They have done nothing lately. Value: for how many days.' },
    BEHIND_SCHEDULE: {
      description: 'They have completed fewer lessons than half of the others. Value: how many fewer.',
    },
    FAILED_ATTEMPTS: { description: 'They failed at tests in the last two weeks. Value: how many attempts.' },
  },
});

/** @see riskModelStatuses */
const RiskModelStatusEnum = enumOf(riskModelStatuses);
registerEnumType(RiskModelStatusEnum, {
  name: 'RiskModelStatus',
  description: 'What became of a model of risk.',
  valuesConfig: {
    RUNNING: { description: 'It scores now.' },
    REPLACED: { description: 'It did, until a better one came or it was taken back.' },
    REJECTED: { description: 'It was not better than the one that ran.' },
  },
});

@ObjectType('RiskReason', {
  simpleResolvers: true,
  description: 'A reason of somebody’s risk. It is true of them, not only of the model.',
})
export class RiskReasonType {
  @Field(() => RiskReasonCodeEnum, { description: 'What it is, for the program.' })
  declare code: RiskReasonCode;

  @Field(() => Int, { description: 'The figure that shows it; its meaning goes with the code.' })
  declare value: number;

  @Field(() => String, { description: 'The same as a sentence in your language.' })
  declare text: string;
}

@ObjectType('RiskDay', { simpleResolvers: true, description: 'The risk on one day.' })
export class RiskDayType {
  @Field(() => String, { description: 'The day in UTC, such as `2026-11-21`.' })
  declare day: string;

  @Field(() => Int, { description: 'Probability of not completing the course, in percent.' })
  declare score: number;

  @Field(() => RiskLevelEnum, { description: 'The level of that score.' })
  declare level: RiskLevel;
}

@ObjectType('Risk', {
  simpleResolvers: true,
  description: 'How likely it is that somebody does not complete a course that they learn. Only staff see it.',
})
export class RiskType {
  @Field(() => Int, { description: 'Probability of not completing the course, in percent: 0 to 100.' })
  declare score: number;

  @Field(() => RiskLevelEnum, { description: 'The level, by the thresholds of the school.' })
  declare level: RiskLevel;

  @Field(() => DateTime, { description: 'When this was told.' })
  declare scoredAt: Date;
}

export const RiskConnection = connectionOf(RiskType, 'Risk');

@InputType({ description: 'Whose risk; conditions add up.' })
export class RiskFilter {
  @Field(() => RiskLevelEnum, { nullable: true, description: 'This level or a higher one; WATCH without it.' })
  declare atLeast?: RiskLevel | null;

  @Field(() => ID, { nullable: true, description: 'Only in this course.' })
  declare courseId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only in this cohort.' })
  declare cohortId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only in cohorts whose curator has this account.' })
  declare curatorId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'From which scores on the school does something.' })
export class RiskThresholds {
  @Field(() => Int, {
    description: 'From this score on a student is worth a look (WATCH); 35 until the school sets another.',
  })
  declare watchFrom: number;

  @Field(() => Int, {
    description:
      'From this score on a student is AT_RISK; 50 until the school sets another. A level ends only 5 points lower, so that it does not flicker.',
  })
  declare atRiskFrom: number;

  @Field(() => Int, { description: 'For so many days curators are not told again that the same student is at risk.' })
  declare quietDays: number;
}

@InputType({ description: 'From which scores on the school does something.' })
export class SetRiskThresholdsInput {
  @Field(() => Int, { description: '1 to 99, less than atRiskFrom.' })
  declare watchFrom: number;

  @Field(() => Int, { description: '2 to 100.' })
  declare atRiskFrom: number;

  @Field(() => Int, { description: '0 to 90.' })
  declare quietDays: number;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class SetRiskThresholdsPayload {
  @Field(() => RiskThresholds, { nullable: true, description: 'What holds now; null when there are errors.' })
  declare thresholds: RiskThresholds | null;

  @Field(() => [LearningError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'How good a model was on students whom it had not seen.' })
export class RiskModelFigures {
  @Field(() => Int, { description: 'How many students there were.' })
  declare students: number;

  @Field(() => Int, { description: 'How many of them did not complete their course.' })
  declare failed: number;

  @Field(() => Float, {
    description:
      'The chance that it gives who gives up a greater risk than who does not: 0.5 is guessing, 1 is perfect.',
  })
  declare auc: number;

  @Field(() => Float, { description: 'By how much probabilities and real shares differ on average: 0 is perfect.' })
  declare calibrationError: number;

  @Field(() => Float, { description: 'Of the tenth with the greatest risk, the share that did give up.' })
  declare precisionAtTop: number;
}

@ObjectType('RiskModel', {
  simpleResolvers: true,
  description: 'A model of risk that was trained on who completed the school’s own courses and who gave them up.',
})
export class RiskModelType {
  @Field(() => ID, { description: 'Identity of the model.' })
  declare id: string;

  @Field(() => RiskModelStatusEnum, { description: 'What became of it.' })
  declare status: RiskModelStatus;

  @Field(() => RiskModelFigures, { description: 'On students who were kept aside.' })
  declare figures: RiskModelFigures;

  @Field(() => RiskModelFigures, { description: 'Of the model that ran then, on the same students.' })
  declare comparedWith: RiskModelFigures;

  @Field(() => DateTime, { description: 'When it was trained.' })
  declare trainedAt: Date;
}

export const RiskModelConnection = connectionOf(RiskModelType, 'RiskModel');

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class RetrainRiskModelPayload {
  @Field(() => [LearningError], {
    description: 'Why it was not begun; empty when it was. See riskModels for what comes of it.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class TakeRiskModelBackPayload {
  @Field(() => [LearningError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: LearningError[];
}
