import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { RecommendationError } from '../errors.js';
import type { BetterDirection, ExperimentUnit, MetricKind, MetricRole, VariantPayload } from './experiment.rules.js';
import {
  BetterDirectionEnum,
  ExperimentType,
  ExperimentUnitEnum,
  MetricKindEnum,
  MetricRoleEnum,
} from './experiment.types.js';

@InputType({ description: 'What some units get.' })
export class ExperimentVariantInput {
  @Field(() => String, {
    description: 'Its name: a letter, then letters, digits and underscores, in lower case. One is `control`.',
  })
  declare key: string;

  @Field(() => Int, { description: 'Its share in hundredths of a percent; all together are 10,000.' })
  declare share: number;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description:
      'What it does. Recommendations read `rankingModelId` (a model ranks instead of the running one) and `explorationSlot` (false: no place for tutors who are little known); clients read what they know.',
  })
  declare payload?: VariantPayload | null;
}

@InputType({ description: 'What is counted.' })
export class ExperimentMetricInput {
  @Field(() => String, {
    description:
      'Its name. What becomes of tutors who were shown is counted by itself as `opened`, `applied`, `chosen`, `booked` and `repeated`; others clients count with trackConversion.',
  })
  declare key: string;

  @Field(() => MetricKindEnum, { description: 'What is counted for each person.' })
  declare kind: MetricKind;

  @Field(() => BetterDirectionEnum, { defaultValue: 'HIGHER', description: 'Which way is better.' })
  declare better: BetterDirection;

  @Field(() => MetricRoleEnum, { description: 'What it is to the experiment; exactly one is PRIMARY.' })
  declare role: MetricRole;

  @Field(() => Float, {
    nullable: true,
    description: 'GUARDRAIL, and only then: by which share of control it may be worse, such as 0.05.',
  })
  declare harm?: number | null;

  @Field(() => Float, { nullable: true, description: 'The greatest value of one conversion; 1 without it.' })
  declare most?: number | null;
}

@InputType({ description: 'From a moment on, this share of units takes part.' })
export class ExperimentRampStepInput {
  @Field(() => Float, { description: 'So many hours after the start, at most a year.' })
  declare afterHours: number;

  @Field(() => Int, { description: 'Share of the units of its range, in hundredths of a percent.' })
  declare share: number;
}

@InputType({ description: 'An experiment to be made.' })
export class CreateExperimentInput {
  @Field(() => String, {
    description: 'By which programs ask for a variant: 3 to 60 letters, digits and hyphens in lower case.',
  })
  declare name: string;

  @Field(() => String, { description: 'What it is to show, 10 to 2,000 characters.' })
  declare description: string;

  @Field(() => ExperimentUnitEnum, { defaultValue: 'USER', description: 'What is assigned as a whole.' })
  declare unit: ExperimentUnit;

  @Field(() => [ExperimentVariantInput], { description: 'Two to ten variants.' })
  declare variants: ExperimentVariantInput[];

  @Field(() => [ExperimentMetricInput], { description: 'One to twenty metrics.' })
  declare metrics: ExperimentMetricInput[];

  @Field(() => String, {
    nullable: true,
    description: 'A name; running experiments of one group share no unit, and have units of the same kind.',
  })
  declare exclusionGroup?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Where its part of the group's units begins, in hundredths of a percent; 0 without it.",
  })
  declare rangeFrom?: number | null;

  @Field(() => Int, { nullable: true, description: 'Where its part ends, itself not included; 10,000 without it.' })
  declare rangeTo?: number | null;

  @Field(() => [ExperimentRampStepInput], {
    nullable: true,
    description: 'Steps of growing hours and shares; everybody takes part at once without it.',
  })
  declare ramp?: ExperimentRampStepInput[] | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'What a lift may well be, as a share from 0.01 to 1: intervals are narrowest about there. 0.1 without it.',
  })
  declare expectedLift?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'A key of your own: the same input with the same key is carried out once within 24 hours.',
  })
  declare idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The experiment that was made.' })
export class CreateExperimentPayload {
  @Field(() => ExperimentType, { nullable: true, description: 'The draft; null when it was refused.' })
  declare experiment?: ExperimentType | null;

  @Field(() => [RecommendationError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND (a model), EXPERIMENT_NAME_TAKEN, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: RecommendationError[];
}

@InputType({ description: 'Which experiment starts, or goes on after a pause.' })
export class StartExperimentInput {
  @Field(() => ID, { description: 'Identity of the experiment.' })
  declare experimentId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The experiment that runs.' })
export class StartExperimentPayload {
  @Field(() => ExperimentType, { nullable: true, description: 'The experiment; null when it was refused.' })
  declare experiment?: ExperimentType | null;

  @Field(() => [RecommendationError], {
    description: 'What went wrong: NOT_FOUND, EXPERIMENT_STATUS, EXPERIMENTS_OVERLAP.',
  })
  declare userErrors: RecommendationError[];
}

@InputType({ description: 'Which experiment pauses.' })
export class PauseExperimentInput {
  @Field(() => ID, { description: 'Identity of the experiment.' })
  declare experimentId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The experiment that is paused.' })
export class PauseExperimentPayload {
  @Field(() => ExperimentType, { nullable: true, description: 'The experiment; null when it was refused.' })
  declare experiment?: ExperimentType | null;

  @Field(() => [RecommendationError], { description: 'What went wrong: NOT_FOUND, EXPERIMENT_STATUS.' })
  declare userErrors: RecommendationError[];
}

@InputType({ description: 'Which share of an experiment takes part from now on.' })
export class RampExperimentInput {
  @Field(() => ID, { description: 'Identity of the experiment.' })
  declare experimentId: string;

  @Field(() => Int, {
    description: 'Share of the units of its range, in hundredths of a percent; no less than takes part by now.',
  })
  declare share: number;

  @Field(() => Boolean, {
    defaultValue: true,
    description:
      'Do greater shares that are planned for later still come then? With false the share stays until it is changed again; with the share of now that holds the ramp.',
  })
  declare keepsSteps: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'The experiment with its new ramp.' })
export class RampExperimentPayload {
  @Field(() => ExperimentType, { nullable: true, description: 'The experiment; null when it was refused.' })
  declare experiment?: ExperimentType | null;

  @Field(() => [RecommendationError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, EXPERIMENT_STATUS, EXPERIMENT_RAMP_SHRINKS.',
  })
  declare userErrors: RecommendationError[];
}

@InputType({ description: 'Which experiment is over.' })
export class CompleteExperimentInput {
  @Field(() => ID, { description: 'Identity of the experiment.' })
  declare experimentId: string;

  @Field(() => String, {
    nullable: true,
    description: 'The key of the variant that you go on with; what everybody gets does not change by it.',
  })
  declare winner?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The experiment that is over.' })
export class CompleteExperimentPayload {
  @Field(() => ExperimentType, { nullable: true, description: 'The experiment; null when it was refused.' })
  declare experiment?: ExperimentType | null;

  @Field(() => [RecommendationError], { description: 'What went wrong: NOT_FOUND, EXPERIMENT_STATUS.' })
  declare userErrors: RecommendationError[];
}

@InputType({ description: 'Something that the viewer did in an experiment.' })
export class TrackConversionInput {
  @Field(() => String, { description: 'Name of the experiment.' })
  declare experiment: string;

  @Field(() => String, { description: 'Key of a metric of it that clients count.' })
  declare metric: string;

  @Field(() => Float, {
    nullable: true,
    description: 'What is summed for MEAN, from 0 to what the metric allows; 1 without it.',
  })
  declare value?: number | null;

  @Field(() => String, { description: 'A key of your own: with the same key it counts once, whatever the value.' })
  declare idempotencyKey: string;
}

@ObjectType({ simpleResolvers: true, description: 'Whether it counts.' })
export class TrackConversionPayload {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Does it count? Not where the viewer has not met the experiment, or it does not run; null when it was refused.',
  })
  declare counted?: boolean | null;

  @Field(() => [RecommendationError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND.' })
  declare userErrors: RecommendationError[];
}
