import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { RecommendationError } from '../errors.js';
import { type ModelSource, type ModelStatus, modelSources, modelStatuses } from './ranking-model.entity.js';

const RankingModelStatusEnum = enumOf(modelStatuses);
registerEnumType(RankingModelStatusEnum, {
  name: 'RankingModelStatus',
  description: 'Where a ranking model stands.',
  valuesConfig: {
    REJECTED: { description: 'It was no better than the one that ran when it was trained.' },
    RUNNING: { description: 'It ranks.' },
    RETIRED: { description: 'It ranked before another one took its place.' },
  },
});

const RankingModelSourceEnum = enumOf(modelSources);
registerEnumType(RankingModelSourceEnum, {
  name: 'RankingModelSource',
  description: 'Who made a ranking model.',
  valuesConfig: {
    HAND_MADE: { description: 'Its weights were chosen by hand: what ranks until there is data.' },
    SHIPPED: { description: 'It was trained before and comes with the program.' },
    TRAINED: { description: 'It was trained on what people here were shown and chose.' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description:
    'How a model did on the latest lists, on which it was not trained. NDCG is of the ten first places: 1 when nobody better stood further down.',
})
export class RankingModelMetrics {
  @Field(() => Int, { description: 'Lists with better and worse tutors that it learned from.' })
  declare trainingLists: number;

  @Field(() => Int, { description: 'Later ones that told it when to stop, and by which its chances were calibrated.' })
  declare validationLists: number;

  @Field(() => Int, { description: 'The latest ones, on which both models were compared.' })
  declare comparisonLists: number;

  @Field(() => Int, { description: 'How many trees it has.' })
  declare trees: number;

  @Field(() => Float, { description: 'Its NDCG, corrected by how likely each place was looked at.' })
  declare ndcg: number;

  @Field(() => Float, { description: 'The same of the model that ranked then.' })
  declare runningNdcg: number;

  @Field(() => Float, { description: 'By how much its NDCG is above the other.' })
  declare difference: number;

  @Field(() => Float, {
    description: 'What the difference is at least, with a certainty of 95 %; above 0 it is better.',
  })
  declare differenceLow: number;

  @Field(() => Float, { description: 'What the difference is at most, with the same certainty.' })
  declare differenceHigh: number;

  @Field(() => Float, { description: 'Its NDCG without the correction: it favours whoever stood at the top then.' })
  declare loggedNdcg: number;

  @Field(() => Float, { description: 'The same of the model that ranked then.' })
  declare runningLoggedNdcg: number;

  @Field(() => Float, { description: 'By how much its chances differ from real shares of success, 0 to 1.' })
  declare calibrationError: number;

  @Field(() => Float, { description: 'The same of the model that ranked then.' })
  declare runningCalibrationError: number;

  @Field(() => Float, { description: 'How likely the fifth place was looked at, the first one being 1.' })
  declare fifthPlaceLooked: number;

  @Field(() => Float, { description: 'How likely the tenth place was looked at, the first one being 1.' })
  declare tenthPlaceLooked: number;
}

@ObjectType({ simpleResolvers: true, description: 'How much of a ranking hangs on one thing.' })
export class FeatureImportance {
  @Field(() => String, { description: 'What it looks at, such as `hoursOverlap`.' })
  declare feature: string;

  @Field(() => Float, { description: 'As a share of all that it looks at, 0 to 1.' })
  declare share: number;
}

@ObjectType('RankingModel', {
  simpleResolvers: true,
  description: 'A model that ranks tutors for an order.',
})
export class RankingModelType {
  @Field(() => ID, { description: 'Identity of the model.' })
  declare id: string;

  @Field(() => Int, { description: '1, 2, and so on: a later one was made later.' })
  declare version: number;

  @Field(() => RankingModelSourceEnum, { description: 'Who made it.' })
  declare source: ModelSource;

  @Field(() => RankingModelStatusEnum, { description: 'Where it stands.' })
  declare status: ModelStatus;

  @Field(() => DateTime, { nullable: true, description: 'From when on it learned; null for one that nobody trained.' })
  declare dataFrom: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when it learned; null for one that nobody trained.' })
  declare dataTo: Date | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it began to rank; null if it never did.' })
  declare promotedAt: Date | null;
}

export const RankingModelConnection = connectionOf(RankingModelType, 'RankingModel');

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class TrainRankingModelPayload {
  @Field(() => ID, { nullable: true, description: 'Identity of the model to be; null when there are errors.' })
  declare modelId: string | null;

  @Field(() => [RecommendationError], { description: 'Why it was not begun; empty when it was.' })
  declare userErrors: RecommendationError[];
}

@InputType({ description: 'Which model is to rank.' })
export class PromoteRankingModelInput {
  @Field(() => ID, { description: 'Identity of the model.' })
  declare id: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class PromoteRankingModelPayload {
  @Field(() => RankingModelType, { nullable: true, description: 'The model that ranks; null when there are errors.' })
  declare model: RankingModelType | null;

  @Field(() => [RecommendationError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: RecommendationError[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class RollBackRankingModelPayload {
  @Field(() => RankingModelType, {
    nullable: true,
    description: 'The model that ranks again; null when there are errors.',
  })
  declare model: RankingModelType | null;

  @Field(() => [RecommendationError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: RecommendationError[];
}
