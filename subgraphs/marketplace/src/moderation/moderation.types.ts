import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { CaseStatusEnum, ContentKindEnum, ContentStateEnum, JudgeEnum } from './moderation.enums.js';
import { type Verdict, verdicts } from './moderation.rules.js';
import type { CaseStatus, ContentKind, ContentState, Judge, Outcome } from './moderation.states.js';

@ObjectType({ simpleResolvers: true, description: 'One text that is moderated.' })
export class ModeratedText {
  @Field(() => String, { description: 'Which one: `text`, or `headline`, `biography`, `education` of a profile.' })
  declare field: string;

  @Field(() => String, { description: 'What it says.' })
  declare text: string;
}

@ObjectType({ simpleResolvers: true, description: 'Something that a text was found to be or to hold.' })
export class ModerationFinding {
  @Field(() => String, {
    description:
      'What: `contacts/phone`, `contacts/email`, `contacts/messenger`, `contacts/link`, `language/profanity`, `language/insult`, `language/accusation`, `signals/…`, or a category of the model such as `harassment`.',
  })
  declare category: string;

  @Field(() => Float, { description: 'How sure, from 0 to 1.' })
  declare confidence: number;

  @Field(() => String, { description: 'In which text, as `ModeratedText.field`.' })
  declare field: string;
}

@ObjectType('ModerationDecision', { simpleResolvers: true, description: 'One judgement in a case; never changed.' })
export class ModerationDecisionType {
  @Field(() => JudgeEnum, { description: 'Who or what judged.' })
  declare judge: Judge;

  @Field(() => String, { nullable: true, description: 'Which rules or which model; null for a person.' })
  declare model: string | null;

  @Field(() => Boolean, { description: 'True when the model could not be asked: what the local rules say stands.' })
  declare degraded: boolean;

  @Field(() => ContentStateEnum, { description: 'What followed.' })
  declare outcome: ContentState;

  @Field(() => [ModerationFinding], { description: 'What was found, the surest first; empty for a person.' })
  declare findings: readonly ModerationFinding[];

  @Field(() => DateTime, { description: 'When.' })
  declare createdAt: Date;
}

@ObjectType('ModerationCase', {
  simpleResolvers: true,
  description: 'Something that somebody wrote and at which staff has to look; for its author and those who moderate.',
})
export class ModerationCaseType {
  @Field(() => ID, { description: 'Identity of the case.' })
  declare id: string;

  @Field(() => ContentKindEnum, { description: 'What it is about.' })
  declare kind: ContentKind;

  @Field(() => CaseStatusEnum, { description: 'Where it stands.' })
  declare status: CaseStatus;

  @Field(() => Boolean, {
    description: 'Is it kept from others until staff decides? Otherwise it is public meanwhile.',
  })
  declare held: boolean;

  @Field(() => ContentStateEnum, { nullable: true, description: 'What staff decided last; null before that.' })
  declare outcome: Outcome | null;

  @Field(() => String, { nullable: true, description: 'Why staff decided so, for the author.' })
  declare reason: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When staff decided last.' })
  declare decidedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'What the author says against it; null without an appeal.' })
  declare appealStatement: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the author appealed.' })
  declare appealedAt: Date | null;

  @Field(() => DateTime, { description: 'When it was opened.' })
  declare createdAt: Date;
}

export const ModerationCaseConnection = connectionOf(ModerationCaseType, 'ModerationCase');

@InputType({ description: 'Which cases of the queue; conditions add up.' })
export class ModerationQueueFilter {
  @Field(() => [ContentKindEnum], { nullable: true, description: 'Only cases about these.' })
  declare kinds?: ContentKind[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only what others do not see; false: only what is public.',
  })
  declare held?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only appeals; false: none.' })
  declare appealed?: boolean | null;
}

const VerdictEnum = enumOf(verdicts);
registerEnumType(VerdictEnum, {
  name: 'ModerationVerdict',
  description: 'What staff decides.',
  valuesConfig: {
    PUBLISH: { description: 'Everybody may see it.' },
    REJECT: { description: 'Others do not see it.' },
  },
});

/** Every expected failure around moderation. */
export const moderationErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'CASE_CLOSED',
  'OWN_CONTENT',
  'DECIDED_BY_YOU',
  'NOT_APPEALABLE',
  'ALREADY_APPEALED',
] as const;
/** @see moderationErrorCodes */
export type ModerationErrorCode = (typeof moderationErrorCodes)[number];
const ModerationErrorCodes = enumOf(moderationErrorCodes);
registerEnumType(ModerationErrorCodes, {
  name: 'ModerationErrorCode',
  description: 'Expected failures around moderation.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such case that you may act on.' },
    CASE_CLOSED: { description: 'It was decided already, or the author changed or took back the text.' },
    OWN_CONTENT: { description: 'Nobody decides on what they wrote themselves.' },
    DECIDED_BY_YOU: {
      description: 'Another member of staff decides on an appeal against you; you may after three days.',
    },
    NOT_APPEALABLE: { description: 'Only a rejection of the text as it is now can be appealed against.' },
    ALREADY_APPEALED: { description: 'You have appealed before; the second decision is final.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around moderation.' })
export class ModerationError extends UserError {
  @Field(() => ModerationErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: ModerationErrorCode;
}

@InputType({ description: 'What you decide on a case.' })
export class DecideModerationInput {
  @Field(() => ID, { description: 'Which case.' })
  declare caseId: string;

  @Field(() => VerdictEnum, { description: 'What you decide.' })
  declare decision: Verdict;

  @Field(() => String, { nullable: true, description: 'Why, for the author; 1 to 1,000 characters, needed to reject.' })
  declare reason?: string | null;
}

@InputType({ description: 'Your appeal.' })
export class AppealModerationInput {
  @Field(() => ID, { description: 'Which case about what you wrote.' })
  declare caseId: string;

  @Field(() => String, { description: 'What you say against the decision, 1 to 2,000 characters.' })
  declare statement: string;
}

@ObjectType({ simpleResolvers: true, description: 'The case after your decision.' })
export class DecideModerationPayload {
  @Field(() => ModerationCaseType, { nullable: true, description: 'The case; null when it was refused.' })
  declare moderationCase?: ModerationCaseType | null;

  @Field(() => [ModerationError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, CASE_CLOSED, OWN_CONTENT, DECIDED_BY_YOU.',
  })
  declare userErrors: ModerationError[];
}

@ObjectType({ simpleResolvers: true, description: 'The case with your appeal.' })
export class AppealModerationPayload {
  @Field(() => ModerationCaseType, { nullable: true, description: 'The case; null when it was refused.' })
  declare moderationCase?: ModerationCaseType | null;

  @Field(() => [ModerationError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_APPEALABLE, ALREADY_APPEALED.',
  })
  declare userErrors: ModerationError[];
}
