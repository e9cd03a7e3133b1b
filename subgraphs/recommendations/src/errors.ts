import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** Every expected failure of this room. */
export const recommendationErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  // Ranking.
  'MODEL_UNREADABLE',
  'NO_FORMER_MODEL',
  // Results.
  // Experiments.
  'EXPERIMENT_NAME_TAKEN',
  'EXPERIMENT_STATUS',
  'EXPERIMENTS_OVERLAP',
  'EXPERIMENT_RAMP_SHRINKS',
] as const;
/** @see recommendationErrorCodes */
export type RecommendationErrorCode = (typeof recommendationErrorCodes)[number];
const RecommendationErrorCodes = enumOf(recommendationErrorCodes);
registerEnumType(RecommendationErrorCodes, {
  name: 'RecommendationErrorCode',
  description: 'Expected failures around recommendations, ranking models and experiments.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such thing that you may see.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'The key was used with another input within the last 24 hours.' },
    // Ranking.
    MODEL_UNREADABLE: { description: 'This version of the program cannot read the ranking model; train another one.' },
    NO_FORMER_MODEL: { description: 'No ranking model ran before the one that does.' },
    // Results.
    // Experiments.
    EXPERIMENT_NAME_TAKEN: { description: 'There is an experiment of this name.' },
    EXPERIMENT_STATUS: { description: 'The experiment cannot go on so from where it stands.' },
    EXPERIMENTS_OVERLAP: {
      description:
        'Another experiment of its exclusion group runs or is paused on some of its units, or on units of another kind.',
    },
    EXPERIMENT_RAMP_SHRINKS: {
      description: 'More units take part than that: none is put out while the experiment runs. Pause it instead.',
    },
  },
});

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'An expected failure around recommendations, ranking models and experiments.',
})
export class RecommendationError extends UserError {
  @Field(() => RecommendationErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: RecommendationErrorCode;
}
