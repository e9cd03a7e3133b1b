import { CalendarDate } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'A share, and between what it lies with a certainty of 95 % (Wilson’s interval).',
})
export class ShareFigure {
  @Field(() => Float, { description: 'From 0 to 1.' })
  declare share: number;

  @Field(() => Float, { description: 'The lower end of the interval.' })
  declare low: number;

  @Field(() => Float, { description: 'The upper end.' })
  declare high: number;

  @Field(() => Int, { description: 'How many.' })
  declare count: number;

  @Field(() => Int, { description: 'Of how many.' })
  declare of: number;
}

@ObjectType({ simpleResolvers: true, description: 'What came of tutors who stood at one place of lists.' })
export class PlacePerformance {
  @Field(() => Int, { description: 'The place, 1 at the top; 11 stands for all from the eleventh on.' })
  declare place: number;

  @Field(() => ShareFigure, { nullable: true, description: 'Whose profile was opened; null where nobody was shown.' })
  declare opened: ShareFigure | null;

  @Field(() => ShareFigure, { nullable: true, description: 'Who was chosen or booked; null where nobody was shown.' })
  declare succeeded: ShareFigure | null;
}

@ObjectType({ simpleResolvers: true, description: 'Recommendations whose chance of success was told in one tenth.' })
export class CalibrationBin {
  @Field(() => Int, { description: 'How many there were.' })
  declare count: number;

  @Field(() => Float, { nullable: true, description: 'The mean chance that was told; null where there were none.' })
  declare told: number | null;

  @Field(() => ShareFigure, { nullable: true, description: 'The share that did succeed; null where there were none.' })
  declare real: ShareFigure | null;
}

@ObjectType({ simpleResolvers: true, description: 'How well told chances of success agree with what happened.' })
export class ModelCalibration {
  @Field(() => Float, {
    nullable: true,
    description:
      'Expected calibration error: by how much they differ on average; 0 is perfect, above 0.1 an alert is raised. Null without any.',
  })
  declare error: number | null;

  @Field(() => [CalibrationBin], { description: 'By tenths of the chance, the lowest first.' })
  declare bins: CalibrationBin[];
}

@ObjectType({ simpleResolvers: true, description: 'How many tutors are shown to anybody.' })
export class ModelCoverage {
  @Field(() => ShareFigure, {
    description: 'Tutors who were shown at least once in the 28 days to the last day, of those who could have been.',
  })
  declare tutors: ShareFigure;

  @Field(() => Float, {
    nullable: true,
    description: 'Gini coefficient of how much they were seen: 0 all alike, near 1 a few only; null when nobody was.',
  })
  declare gini: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'How far a feature is from what the model was used to.' })
export class FeatureDrift {
  @Field(() => String, { description: 'The feature, as models name it.' })
  declare feature: string;

  @Field(() => Float, { description: 'Population stability index.' })
  declare index: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'How far the days are from what the model was used to, by the population stability index: below 0.1 nothing has changed that matters, above 0.25 much has, and an alert is raised.',
})
export class ModelDrift {
  @Field(() => Float, { nullable: true, description: 'Of its scores against its own first week.' })
  declare score: number | null;

  @Field(() => [FeatureDrift], { description: 'Of each feature, the greatest first.' })
  declare features: FeatureDrift[];

  @Field(() => Boolean, {
    description: 'Are features compared with the days that the model was trained on? Otherwise with its first week.',
  })
  declare isTraining: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'How a model did on one day.' })
export class ModelPerformanceDay {
  @Field(() => CalendarDate, { description: 'The day, in UTC.' })
  declare day: string;

  @Field(() => Int, { description: 'Lists that it ranked.' })
  declare lists: number;

  @Field(() => Float, { nullable: true, description: 'NDCG@10 of those with an outcome; null without any.' })
  declare ndcg: number | null;

  @Field(() => ShareFigure, { nullable: true, description: 'Lists from which a profile was opened.' })
  declare clickThrough: ShareFigure | null;

  @Field(() => ShareFigure, { nullable: true, description: 'Lists with a lesson that was agreed.' })
  declare bookingConversion: ShareFigure | null;

  @Field(() => ShareFigure, { nullable: true, description: 'Tutors shown in the 28 days to it.' })
  declare coverage: ShareFigure | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The greatest stability index of a feature; null while it is not known what the model is used to.',
  })
  declare drift: number | null;
}

@ObjectType('ModelPerformance', {
  simpleResolvers: true,
  description:
    'How well a ranking model did in a span of days: for lists for an order or a wish, by the day on which they were shown. Counted by a job each hour. An outcome counts within 21 days, so that the last three weeks still change.',
})
export class ModelPerformanceType {
  @Field(() => CalendarDate, { description: 'The first day, in UTC.' })
  declare from: string;

  @Field(() => CalendarDate, { description: 'The last day.' })
  declare to: string;

  @Field(() => CalendarDate, { description: 'The last day of which all outcomes are there.' })
  declare settledUntil: string;

  @Field(() => Int, { description: 'Lists that it ranked.' })
  declare lists: number;

  @Field(() => Int, { description: 'Tutors who were shown in them.' })
  declare shown: number;

  @Field(() => ShareFigure, {
    nullable: true,
    description: 'Lists at which something had failed, so that they were only sensible; null without lists.',
  })
  declare degraded: ShareFigure | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'NDCG@10 of lists as they were shown against what came of them (0 nothing, 1 opened or applied, 2 chosen, 3 booked, 4 came again): the mean of lists with an outcome; null without any.',
  })
  declare ndcg: number | null;

  @Field(() => Int, { description: 'Lists with an outcome.' })
  declare ndcgLists: number;

  @Field(() => ShareFigure, {
    nullable: true,
    description: 'Of lists with a success, those in which one stood among the first three; null without any.',
  })
  declare accuracy: ShareFigure | null;

  @Field(() => ShareFigure, {
    nullable: true,
    description: 'Lists from which a profile was opened; null without lists.',
  })
  declare clickThrough: ShareFigure | null;

  @Field(() => ShareFigure, {
    nullable: true,
    description: 'Lists from which a tutor was chosen or booked: a success; null without lists.',
  })
  declare choices: ShareFigure | null;

  @Field(() => ShareFigure, {
    nullable: true,
    description: 'Lists from which a lesson was agreed; null without lists.',
  })
  declare bookingConversion: ShareFigure | null;

  @Field(() => [PlacePerformance], { description: 'By place, the top first.' })
  declare places: PlacePerformance[];

  @Field(() => ModelCoverage, { nullable: true, description: 'How many tutors are shown; null without days.' })
  declare coverage: ModelCoverage | null;

  @Field(() => ModelCalibration, { description: 'How well chances agree with what happened.' })
  declare calibration: ModelCalibration;

  @Field(() => ModelDrift, {
    nullable: true,
    description: 'How far the span is from what the model was used to; null in its first week, or of too few lists.',
  })
  declare drift: ModelDrift | null;

  @Field(() => [ModelPerformanceDay], { description: 'Days on which it ranked, the first first.' })
  declare days: ModelPerformanceDay[];
}
