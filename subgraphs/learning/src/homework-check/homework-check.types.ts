import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { EnglishEditKind } from '../english/english-check.js';
import { EnglishEditKindEnum } from '../english/english-edit.types.js';
import { checkDoubts } from './homework-check.rules.js';

/** @see checkDoubts */
export const HomeworkDoubtEnum = enumOf(checkDoubts);
registerEnumType(HomeworkDoubtEnum, {
  name: 'HomeworkDoubt',
  description: 'Why a curator must look at what the program found.',
  valuesConfig: {
    NOT_SCORED: { description: 'A criterion has no score: it takes a model, and none answered well.' },
    LOW_CONFIDENCE: { description: 'The program is not sure of a criterion.' },
    DISAGREEMENT: { description: 'The model is far from what was counted.' },
    FULL_MARKS: { description: 'The model praises everything: a person confirms that.' },
    SPEAKS_TO_THE_CHECKER: { description: 'The text speaks to whoever checks it; no model was asked.' },
    HAS_FILES: { description: 'The program does not read files.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'What the program gives for one criterion.' })
export class HomeworkCheckScore {
  @Field(() => ID, { description: 'Which criterion of the rubric.' })
  declare criterionId: string;

  @Field(() => Int, { nullable: true, description: 'Its score; null when nothing could judge it.' })
  declare score: number | null;

  @Field(() => Float, { description: 'How sure the program is, 0 to 1.' })
  declare confidence: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A mistake and what to put instead. Places are counted in UTF-16 units, as JavaScript does.',
})
export class HomeworkEdit {
  @Field(() => ID, { description: 'Names the edit within its check, such as `e1`.' })
  declare id: string;

  @Field(() => Int, { description: 'Where it begins in the text; the first place is 0.' })
  declare start: number;

  @Field(() => Int, { description: 'The first place after it; equal to `start` when something is missing.' })
  declare end: number;

  @Field(() => String, { description: 'What stands there.' })
  declare original: string;

  @Field(() => String, { description: 'What to put instead; empty when it should go.' })
  declare replacement: string;

  @Field(() => [String], { description: 'All that may be meant, `replacement` first.' })
  declare suggestions: string[];

  @Field(() => EnglishEditKindEnum, { description: 'What kind of mistake it is.' })
  declare kind: EnglishEditKind;

  @Field(() => String, { description: 'Why, in the language of whoever handed it in where we can say it.' })
  declare explanation: string;

  @Field(() => Float, { description: 'How sure the program is, 0 to 1.' })
  declare confidence: number;
}

@ObjectType('HomeworkCheck', {
  simpleResolvers: true,
  description: 'What the program found in homework: by its own checker, and by a model where there is one.',
})
export class HomeworkCheckType {
  @Field(() => String, { nullable: true, description: 'What checked the English; null when there was none to check.' })
  declare checker: string | null;

  @Field(() => String, { nullable: true, description: 'The model that judged, too; null when none did.' })
  declare model: string | null;

  @Field(() => Boolean, { description: 'True when no model judged, so that what the local checker says stands.' })
  declare degraded: boolean;

  @Field(() => Int, { nullable: true, description: 'The sum over the rubric; null unless each criterion has a score.' })
  declare score: number | null;

  @Field(() => Float, { description: 'How sure the program is of the least sure criterion, 0 to 1.' })
  declare confidence: number;

  @Field(() => [HomeworkCheckScore], { description: 'What each criterion gives, in the order of the rubric.' })
  declare scores: HomeworkCheckScore[];

  @Field(() => [HomeworkEdit], { description: 'Mistakes in the order of the text; they do not overlap.' })
  declare edits: HomeworkEdit[];

  @Field(() => String, { nullable: true, description: 'A word for the student; null without a model.' })
  declare summary: string | null;

  @Field(() => DateTime, { description: 'When it was checked.' })
  declare checkedAt: Date;
}
