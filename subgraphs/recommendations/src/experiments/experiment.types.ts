import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type BetterDirection,
  betterDirections,
  type ExperimentStatus,
  type ExperimentUnit,
  experimentStatuses,
  experimentUnits,
  type MetricKind,
  type MetricRole,
  metricKinds,
  metricRoles,
  type VariantPayload,
} from './experiment.rules.js';

const ExperimentStatusEnum = enumOf(experimentStatuses);
registerEnumType(ExperimentStatusEnum, {
  name: 'ExperimentStatus',
  description: 'Where an experiment stands.',
  valuesConfig: {
    DRAFT: { description: 'It has not started.' },
    RUNNING: { description: 'It assigns variants.' },
    PAUSED: { description: 'Everybody has control for now, and nothing is counted that clients tell.' },
    COMPLETED: { description: 'It is over; everybody has control.' },
  },
});

/** @see experimentUnits */
export const ExperimentUnitEnum = enumOf(experimentUnits);
registerEnumType(ExperimentUnitEnum, {
  name: 'ExperimentUnit',
  description: 'What is assigned to a variant as a whole.',
  valuesConfig: {
    USER: { description: 'A person.' },
    CLUSTER: {
      description:
        'Everybody who looks for a subject in a city (or online): they choose among the same tutors, so that two variants among them would take tutors from each other.',
    },
  },
});

/** @see metricKinds */
export const MetricKindEnum = enumOf(metricKinds);
registerEnumType(MetricKindEnum, {
  name: 'ExperimentMetricKind',
  description: 'What is counted for each person.',
  valuesConfig: {
    PROPORTION: { description: 'The share of people of whom anything was counted.' },
    MEAN: { description: 'The sum of values, for each person; 0 for those without any.' },
  },
});

/** @see metricRoles */
export const MetricRoleEnum = enumOf(metricRoles);
registerEnumType(MetricRoleEnum, {
  name: 'ExperimentMetricRole',
  description: 'What a metric is to its experiment.',
  valuesConfig: {
    PRIMARY: { description: 'It decides; each experiment has one.' },
    SECONDARY: { description: 'It explains.' },
    GUARDRAIL: { description: 'It may not get worse than its bound: then the experiment pauses by itself.' },
  },
});

/** @see betterDirections */
export const BetterDirectionEnum = enumOf(betterDirections);
registerEnumType(BetterDirectionEnum, {
  name: 'BetterDirection',
  description: 'Which way is better.',
  valuesConfig: {
    HIGHER: { description: 'The more the better.' },
    LOWER: { description: 'The less the better.' },
  },
});

@ObjectType('ExperimentVariant', { simpleResolvers: true, description: 'What some units of an experiment get.' })
export class ExperimentVariantType {
  @Field(() => String, { description: 'Its name in the experiment; `control` is what others are compared with.' })
  declare key: string;

  @Field(() => Int, { description: 'Its share of the units that take part, in hundredths of a percent.' })
  declare share: number;

  @Field(() => GraphQLJSONObject, { description: 'What it does, such as `{ "rankingModelId": "…" }`.' })
  declare payload: VariantPayload;
}

@ObjectType('ExperimentMetric', { simpleResolvers: true, description: 'What is counted in an experiment.' })
export class ExperimentMetricType {
  @Field(() => String, { description: 'Its name in the experiment.' })
  declare key: string;

  @Field(() => MetricKindEnum, { description: 'What is counted for each person.' })
  declare kind: MetricKind;

  @Field(() => BetterDirectionEnum, { description: 'Which way is better.' })
  declare better: BetterDirection;

  @Field(() => MetricRoleEnum, { description: 'What it is to the experiment.' })
  declare role: MetricRole;

  @Field(() => Float, {
    nullable: true,
    description: 'GUARDRAIL: by which share of control it may be worse: 0.05 is 5 %; null otherwise.',
  })
  declare harm: number | null;

  @Field(() => Float, { description: 'The greatest value of one conversion.' })
  declare most: number;
}

@ObjectType({ simpleResolvers: true, description: 'From a moment on, this share of units takes part.' })
export class ExperimentRampStep {
  @Field(() => Float, { description: 'So many hours after the start; pauses do not count.' })
  declare afterHours: number;

  @Field(() => Int, { description: 'Share of the units of its range, in hundredths of a percent.' })
  declare share: number;
}

@ObjectType({ simpleResolvers: true, description: 'Why an experiment paused by itself.' })
export class ExperimentBreach {
  @Field(() => String, { description: 'The guardrail.' })
  declare metric: string;

  @Field(() => String, { description: 'The variant that crossed it.' })
  declare variant: string;

  @Field(() => Float, { description: 'How much higher than control’s it was, as a share: -0.1 is a tenth lower.' })
  declare lift: number;

  @Field(() => Float, { description: 'The lift was surely no lower than this.' })
  declare lower: number;

  @Field(() => Float, { description: 'The lift was surely no higher than this.' })
  declare upper: number;

  @Field(() => Float, { description: 'By which share it might have been worse.' })
  declare harm: number;
}

@ObjectType('Experiment', {
  simpleResolvers: true,
  description: 'A comparison of variants on people, or on whole markets.',
})
export class ExperimentType {
  @Field(() => ID, { description: 'Identity of the experiment.' })
  declare id: string;

  @Field(() => String, { description: 'By which programs ask for a variant.' })
  declare name: string;

  @Field(() => String, { description: 'What it is to show.' })
  declare description: string;

  @Field(() => ExperimentUnitEnum, { description: 'What is assigned to a variant as a whole.' })
  declare unit: ExperimentUnit;

  @Field(() => ExperimentStatusEnum, { description: 'Where it stands.' })
  declare status: ExperimentStatus;

  @Field(() => String, {
    nullable: true,
    description: 'Running experiments of one group share no unit; null: it shares units with all others.',
  })
  declare exclusionGroup: string | null;

  @Field(() => Int, { description: "Where its part of the group's units begins, in hundredths of a percent." })
  declare rangeFrom: number;

  @Field(() => Int, { description: "Where its part of the group's units ends, itself not included." })
  declare rangeTo: number;

  @Field(() => [ExperimentRampStep], { description: 'Which share of its units takes part from when on.' })
  declare ramp: ExperimentRampStep[];

  @Field(() => Float, {
    description: 'What a lift may well be, as a share: intervals are narrowest about there.',
  })
  declare expectedLift: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it first started; null before.' })
  declare startedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when it is paused; null when it is not.' })
  declare pausedAt: Date | null;

  @Field(() => ExperimentBreach, {
    nullable: true,
    description: 'The guardrail that paused it; null when none did.',
  })
  declare breach: ExperimentBreach | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was completed; null before.' })
  declare completedAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'The variant that staff went on with; null when they said nothing.',
  })
  declare winner: string | null;
}

export const ExperimentConnection = connectionOf(ExperimentType, 'Experiment');

@InputType({ description: 'Which experiments; conditions add up.' })
export class ExperimentFilter {
  @Field(() => [ExperimentStatusEnum], { nullable: true, description: 'Only experiments that stand so.' })
  declare statuses?: ExperimentStatus[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'What the viewer has in an experiment.' })
export class ExperimentAssignment {
  @Field(() => String, { description: 'The name that was asked.' })
  declare experiment: string;

  @Field(() => String, {
    description: 'The variant; `control` where there is no such experiment, it does not run, or not for the viewer.',
  })
  declare variant: string;

  @Field(() => GraphQLJSONObject, { description: 'What the variant does; empty where the viewer does not take part.' })
  declare payload: VariantPayload;
}
