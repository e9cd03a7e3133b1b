import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { RecommendationError } from '../errors.js';
import type { Assignment, ConversionService } from './conversion.service.js';
import { TrackConversionInput, TrackConversionPayload } from './experiment.payloads.js';
import { ExperimentAssignment } from './experiment.types.js';

/** Experiments in the graph, for those who take part. */
@Resolver()
export class ConversionResolver {
  constructor(private readonly service: ConversionService) {}

  @SignedIn()
  @Limited({ viewer: { points: 120, seconds: 60 } })
  @Query(() => ExperimentAssignment, {
    nullable: true,
    description:
      'The variant that you have in an experiment. It is noted that you met it: ask where the variant makes a difference.',
  })
  experimentVariant(
    @Arg('name', () => String, { description: 'Name of the experiment.' }) name: string,
    @Arg('subjectId', () => ID, {
      nullable: true,
      description: 'The subject that you look for: where clusters are the units it is always control without it.',
    })
    subjectId: string | null | undefined,
    @Arg('city', () => String, { nullable: true, description: 'The city where you look; online without it.' })
    city: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Assignment> {
    return this.service.variantOf(context, { name, subjectId, city });
  }

  @SignedIn({ unverified: true })
  @Limited({ viewer: { points: 60, seconds: 60 } })
  @Mutation(() => TrackConversionPayload, {
    nullable: true,
    description: 'Counts something that you did, in a metric that clients count.',
  })
  trackConversion(
    @Arg('input', () => TrackConversionInput, { description: 'What was done.' }) input: TrackConversionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, RecommendationError, async () => ({ counted: await this.service.track(context, input) }));
  }
}
