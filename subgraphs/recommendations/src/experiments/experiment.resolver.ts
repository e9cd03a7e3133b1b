import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { RecommendationError } from '../errors.js';
import { UserReference } from '../people/references.types.js';
import type { Experiment, ExperimentMetric, ExperimentVariant } from './experiment.entity.js';
import {
  CompleteExperimentInput,
  CompleteExperimentPayload,
  CreateExperimentInput,
  CreateExperimentPayload,
  PauseExperimentInput,
  PauseExperimentPayload,
  RampExperimentInput,
  RampExperimentPayload,
  StartExperimentInput,
  StartExperimentPayload,
} from './experiment.payloads.js';
import type { ExperimentService } from './experiment.service.js';
import {
  ExperimentConnection,
  ExperimentFilter,
  ExperimentMetricType,
  ExperimentType,
  ExperimentVariantType,
} from './experiment.types.js';

/** Experiments in the graph, for staff. */
@Resolver(() => ExperimentType)
export class ExperimentResolver {
  constructor(private readonly service: ExperimentService) {}

  @FieldResolver(() => [ExperimentVariantType], { description: 'What units get, in their order.' })
  variants(@Root() experiment: Experiment, @Ctx() context: RequestContext): Promise<ExperimentVariant[]> {
    return this.service.variantsOf(context, experiment);
  }

  @FieldResolver(() => [ExperimentMetricType], { description: 'What is counted, in its order.' })
  metrics(@Root() experiment: Experiment, @Ctx() context: RequestContext): Promise<ExperimentMetric[]> {
    return this.service.metricsOf(context, experiment);
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'Who made it; null when their account is erased.',
  })
  owner(@Root() { ownerId }: Experiment): UserReference | null {
    return ownerId ? { id: ownerId } : null;
  }

  @FieldResolver(() => Int, {
    description:
      'The share of the units of its range that takes part by now, in hundredths of a percent: by its ramp; of one that is paused, when it goes on.',
  })
  currentShare(@Root() experiment: Experiment): number {
    return this.service.shareOf(experiment);
  }

  @Requires('recommendations.experiments.read')
  @Query(() => ExperimentConnection, { nullable: true, description: 'Experiments, the newest first.' })
  experiments(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => ExperimentFilter, { nullable: true, description: 'Which experiments; all without it.' })
    filter: ExperimentFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Experiment>> {
    return this.service.list(context, filter ?? {}, page);
  }

  @Requires('recommendations.experiments.read')
  @Query(() => ExperimentType, { nullable: true, description: 'An experiment by id; null when there is none.' })
  experiment(
    @Arg('id', () => ID, { description: 'Identity of the experiment.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Experiment | null> {
    return this.service.find(context, id);
  }

  @Requires('recommendations.experiments.manage')
  @Mutation(() => CreateExperimentPayload, {
    nullable: true,
    description: 'Makes an experiment, a draft that assigns nobody. It is audited.',
  })
  createExperiment(
    @Arg('input', () => CreateExperimentInput, { description: 'The experiment.' }) input: CreateExperimentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, RecommendationError, async () => ({
      experiment: await this.service.create(context, input),
    }));
  }

  @Requires('recommendations.experiments.manage')
  @Mutation(() => StartExperimentPayload, {
    nullable: true,
    description:
      'Starts a draft, after which its variants and metrics do not change any more, or goes on with a paused experiment. It is audited.',
  })
  startExperiment(
    @Arg('input', () => StartExperimentInput, { description: 'Which experiment.' }) input: StartExperimentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, RecommendationError, async () => ({ experiment: await this.service.start(context, input) }));
  }

  @Requires('recommendations.experiments.manage')
  @Mutation(() => PauseExperimentPayload, {
    nullable: true,
    description: 'Gives everybody control for now. Who had a variant has it again when it goes on. It is audited.',
  })
  pauseExperiment(
    @Arg('input', () => PauseExperimentInput, { description: 'Which experiment.' }) input: PauseExperimentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, RecommendationError, async () => ({ experiment: await this.service.pause(context, input) }));
  }

  @Requires('recommendations.experiments.manage')
  @Mutation(() => RampExperimentPayload, {
    nullable: true,
    description:
      'Lets more units take part in an experiment that runs or is paused, or holds its ramp. Whoever takes part stays, with the variant that they have; to take units out, pause it. It is audited.',
  })
  rampExperiment(
    @Arg('input', () => RampExperimentInput, { description: 'Which experiment, and which share.' })
    input: RampExperimentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, RecommendationError, async () => ({ experiment: await this.service.ramp(context, input) }));
  }

  @Requires('recommendations.experiments.manage')
  @Mutation(() => CompleteExperimentPayload, {
    nullable: true,
    description: 'Ends an experiment for good; its results stay. It is audited.',
  })
  completeExperiment(
    @Arg('input', () => CompleteExperimentInput, { description: 'Which experiment.' }) input: CompleteExperimentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, RecommendationError, async () => ({
      experiment: await this.service.complete(context, input),
    }));
  }
}
