import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type SampleRatioVerdict, sampleRatioVerdicts } from './analysis/sample-ratio.rules.js';
import type { BetterDirection, MetricKind, MetricRole } from './experiment.rules.js';
import { BetterDirectionEnum, MetricKindEnum, MetricRoleEnum } from './experiment.types.js';

const SampleRatioVerdictEnum = enumOf(sampleRatioVerdicts);
registerEnumType(SampleRatioVerdictEnum, {
  name: 'SampleRatioVerdict',
  description: 'What the numbers of units say of the shares that were wanted.',
  valuesConfig: {
    BALANCED: { description: 'They agree.' },
    SUSPECT: { description: 'A single look would find them off (p < 0.001); look again later.' },
    MISMATCHED: { description: 'They are surely off: something loses units, and no lift can be believed.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'Whether units came in the shares that were wanted.' })
export class ExperimentSampleRatio {
  @Field(() => SampleRatioVerdictEnum, { description: 'What the numbers say.' })
  declare verdict: SampleRatioVerdict;

  @Field(() => Float, { description: "Pearson's statistic." })
  declare chiSquare: number;

  @Field(() => Float, { description: 'How likely one as great is by chance, looked at once.' })
  declare pValue: number;

  @Field(() => Float, {
    description: 'How likely such evidence would ever have been seen by chance, however often one looks.',
  })
  declare sequentialPValue: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'How a variant differs from control. It holds at whatever moment one looks: look as often as you like, and stop when you like.',
})
export class ExperimentLift {
  @Field(() => Float, { description: 'How much higher than control’s the mean is, as a share: -0.1 is a tenth lower.' })
  declare lift: number;

  @Field(() => Float, {
    description: 'The lift is no lower than this, with 95 % confidence over all variants and looks.',
  })
  declare lower: number;

  @Field(() => Float, { description: 'The lift is no higher than this.' })
  declare upper: number;

  @Field(() => Float, {
    description: 'How likely such a difference would ever have been seen were there none, before other variants count.',
  })
  declare pValue: number;
}

@ObjectType({ simpleResolvers: true, description: 'A metric in a variant.' })
export class ExperimentMetricResult {
  @Field(() => String, { description: 'The metric.' })
  declare key: string;

  @Field(() => MetricKindEnum, { description: 'What is counted for each person.' })
  declare kind: MetricKind;

  @Field(() => MetricRoleEnum, { description: 'What it is to the experiment.' })
  declare role: MetricRole;

  @Field(() => BetterDirectionEnum, { description: 'Which way is better.' })
  declare better: BetterDirection;

  @Field(() => Int, { description: 'How many times something was counted.' })
  declare conversions: number;

  @Field(() => Int, { description: 'Of how many units something was counted.' })
  declare convertedUnits: number;

  @Field(() => Float, { nullable: true, description: 'What was counted for each person; null with too few units.' })
  declare mean: number | null;

  @Field(() => ExperimentLift, {
    nullable: true,
    description: 'How it differs from control; null for control, and while there is too little to compare.',
  })
  declare lift: ExperimentLift | null;

  @Field(() => Boolean, { description: 'GUARDRAIL: is it surely worse than it may be?' })
  declare isCrossed: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'What the units of a variant did.' })
export class ExperimentVariantResult {
  @Field(() => String, { description: 'The variant.' })
  declare key: string;

  @Field(() => Int, { description: 'How many units met the experiment.' })
  declare units: number;

  @Field(() => Int, { description: 'How many people these are; as many where people are the units.' })
  declare people: number;

  @Field(() => [ExperimentMetricResult], { description: 'Each metric.' })
  declare metrics: ExperimentMetricResult[];
}

@ObjectType('ExperimentResults', { simpleResolvers: true, description: 'What an experiment found so far.' })
export class ExperimentResultsType {
  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when outcomes of recommendations are counted, every five minutes; null before the first time.',
  })
  declare countedAt: Date | null;

  @Field(() => ExperimentSampleRatio, { description: 'Whether units came in the shares that were wanted.' })
  declare sampleRatio: ExperimentSampleRatio;

  @Field(() => [ExperimentVariantResult], { description: 'Each variant, in its order.' })
  declare variants: ExperimentVariantResult[];
}
