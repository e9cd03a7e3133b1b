import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Experiment } from './experiment.entity.js';
import { ExperimentType } from './experiment.types.js';
import type { ExperimentFindings, ResultsService } from './results.service.js';
import { ExperimentResultsType } from './results.types.js';

/** What experiments found, in the graph. */
@Resolver(() => ExperimentResultsType)
export class ExperimentResultsResolver {
  constructor(private readonly service: ResultsService) {}

  @FieldResolver(() => ExperimentType, { description: 'The experiment.' })
  experiment(@Root() { experiment }: ExperimentFindings): Experiment {
    return experiment;
  }

  @Requires('recommendations.experiments.read')
  @Query(() => ExperimentResultsType, {
    nullable: true,
    description: 'What an experiment found so far; null when there is none, or it has not started.',
  })
  experimentResults(
    @Arg('id', () => ID, { description: 'Identity of the experiment.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ExperimentFindings | null> {
    return this.service.of(context, id);
  }
}
