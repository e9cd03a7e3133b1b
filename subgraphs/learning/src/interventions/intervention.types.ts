import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { type InterventionKind, interventionKinds } from '../risk/risk.rules.js';

/** @see interventionKinds */
const InterventionKindEnum = enumOf(interventionKinds);
registerEnumType(InterventionKindEnum, {
  name: 'InterventionKind',
  description: 'What staff did for a student at risk.',
  valuesConfig: {
    MESSAGE: { description: 'Wrote to them.' },
    CALL: { description: 'Called them.' },
    MEETING: { description: 'Met them, or held a lesson with them.' },
    EXTENSION: { description: 'Gave them more time.' },
    PLAN: { description: 'Made a plan with them.' },
    OTHER: { description: 'Something else; the note says what.' },
  },
});

@ObjectType('Intervention', {
  simpleResolvers: true,
  description: 'Something that staff did for a student at risk, and what their risk was before and after.',
})
export class InterventionType {
  @Field(() => ID, { description: 'Identity of the intervention.' })
  declare id: string;

  @Field(() => InterventionKindEnum, { description: 'What was done.' })
  declare kind: InterventionKind;

  @Field(() => String, { description: 'What was said or agreed; empty once the student was erased.' })
  declare note: string;

  @Field(() => DateTime, { description: 'When it was done.' })
  declare doneAt: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'Their risk just before, in percent; null when there was no score yet.',
  })
  declare scoreBefore: number | null;
}

export const InterventionConnection = connectionOf(InterventionType, 'Intervention');

@InputType({ description: 'Which interventions; conditions add up.' })
export class InterventionFilter {
  @Field(() => ID, { nullable: true, description: 'Only in this course.' })
  declare courseId?: string | null;

  @Field(() => InterventionKindEnum, { nullable: true, description: 'Only of this kind.' })
  declare kind?: InterventionKind | null;

  @Field(() => ID, { nullable: true, description: 'Only by whom this account is.' })
  declare doneBy?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only done at this moment or later.' })
  declare since?: Date | null;
}

@InputType({ description: 'What was done for a student at risk.' })
export class LogInterventionInput {
  @Field(() => ID, { description: 'The enrolment of the student in the course that it is about.' })
  declare enrollmentId: string;

  @Field(() => InterventionKindEnum, { description: 'What was done.' })
  declare kind: InterventionKind;

  @Field(() => String, {
    nullable: true,
    description:
      'What was said or agreed, up to 2,000 characters. The student may read it when they ask for their data.',
  })
  declare note?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When, within the last 30 days; now without it.' })
  declare doneAt?: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class LogInterventionPayload {
  @Field(() => InterventionType, { nullable: true, description: 'What was written down; null when there are errors.' })
  declare intervention: InterventionType | null;

  @Field(() => [LearningError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'How scores changed after interventions.' })
export class InterventionEffect {
  @Field(() => Int, { description: 'So many days after.' })
  declare days: number;

  @Field(() => Int, { description: 'How many interventions there is a score of, before and after.' })
  declare measured: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean change of the score in points, below 0 when the risk fell; null when nothing was measured.',
  })
  declare change: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The same of students of the same course with a score at most 10 points away that day, for whom nothing was done within four weeks; null when there were none. The difference is the effect.',
  })
  declare similarChange: number | null;
}
