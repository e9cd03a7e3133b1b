import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { RecommendationError } from '../errors.js';
import { type AlertKind, alertKinds } from '../events.js';

const ModelAlertKindEnum = enumOf(alertKinds);
registerEnumType(ModelAlertKindEnum, {
  name: 'ModelAlertKind',
  description: 'What is wrong with the running model. Each ends when its figure is a tenth better than the bound.',
  valuesConfig: {
    DRIFT: {
      description:
        'A feature or the scores of the last week are not what the model is used to: stability index above 0.25.',
    },
    CALIBRATION: {
      description: 'Chances that were told differ from what happened by more than 0.1 on average, over four weeks.',
    },
    CLICK_THROUGH: {
      description:
        'Profiles are opened from far fewer lists than in the four weeks before: surely less than 0.7 times.',
    },
    CONVERSION: {
      description: 'Tutors are chosen from far fewer lists than in the four weeks before: surely less than 0.7 times.',
    },
    COVERAGE: {
      description: 'Surely less than half of all tutors were shown in four weeks, although there was room for each.',
    },
    FAIRNESS: {
      description: 'Newcomers or tutors of a city are surely shown less than half as much as they are many.',
    },
  },
});

@ObjectType('ModelAlert', { simpleResolvers: true, description: 'A figure of a model that is or was out of bounds.' })
export class ModelAlertType {
  @Field(() => ID, { description: 'Identity of the alert.' })
  declare id: string;

  @Field(() => ModelAlertKindEnum, { description: 'What is wrong.' })
  declare kind: AlertKind;

  @Field(() => String, {
    description: 'Of what: a feature, `score`, `newcomers`, a city or `online`; empty where the kind says it all.',
  })
  declare subject: string;

  @Field(() => Float, { description: 'The figure, when it was last looked at.' })
  declare value: number;

  @Field(() => Float, { description: 'Its bound.' })
  declare bound: number;

  @Field(() => DateTime, { description: 'Since when.' })
  declare raisedAt: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was well within bounds again, or the model did not run any more; null while it is open.',
  })
  declare closedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When somebody took note of it; null while nobody has.' })
  declare acknowledgedAt: Date | null;
}

export const ModelAlertConnection = connectionOf(ModelAlertType, 'ModelAlert');

@InputType({ description: 'Which alert somebody takes note of.' })
export class AcknowledgeModelAlertInput {
  @Field(() => ID, { description: 'The alert.' })
  declare alertId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class AcknowledgeModelAlertPayload {
  @Field(() => ModelAlertType, { nullable: true, description: 'The alert; null when there are errors.' })
  declare alert: ModelAlertType | null;

  @Field(() => [RecommendationError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: RecommendationError[];
}
