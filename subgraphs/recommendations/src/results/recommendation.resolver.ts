import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Cost } from '@tutorgraph/kit/graphql/cost';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { RecommendationError } from '../errors.js';
import type { DegradedPart } from './degraded.js';
import type { Relaxation } from './hard-filter.js';
import type { RecommendationPage, RecommendationService } from './recommendation.service.js';
import {
  RecommendationPartEnum,
  RecommendationRelaxationEnum,
  TutorRecommendationConnection,
} from './recommendation.types.js';
import { WishInput } from './wish.types.js';

const MINUTE = 60;

type AnsweredPage = RecommendationPage & { userErrors?: RecommendationError[] };

/** Recommended tutors in the graph. */
@Resolver(() => TutorRecommendationConnection)
export class RecommendationResolver {
  constructor(private readonly service: RecommendationService) {}

  @FieldResolver(() => ID, { description: 'Names this list; send it with what the viewer opens.' })
  requestId(@Root() { requestId }: AnsweredPage): string {
    return requestId;
  }

  @FieldResolver(() => Int, { description: 'The version of the model that ranked; 0 when none could be read.' })
  modelVersion(@Root() { modelVersion }: AnsweredPage): number {
    return modelVersion;
  }

  @FieldResolver(() => Boolean, {
    description: 'Did something fail, so that this is a sensible list but not the best? See `degradedReasons`.',
  })
  degraded(@Root() { degradedReasons }: AnsweredPage): boolean {
    return degradedReasons.length > 0;
  }

  @FieldResolver(() => [RecommendationPartEnum], { description: 'Without what the list was made.' })
  degradedReasons(@Root() { degradedReasons }: AnsweredPage): readonly DegradedPart[] {
    return degradedReasons;
  }

  @FieldResolver(() => [RecommendationRelaxationEnum], {
    description: 'What was given up because too few tutors fulfil it; who fulfils all comes first nevertheless.',
  })
  relaxed(@Root() { relaxed }: AnsweredPage): readonly Relaxation[] {
    return relaxed;
  }

  @FieldResolver(() => [RecommendationError], {
    description: 'What is wrong with the input: INVALID_INPUT. The list is empty then.',
  })
  userErrors(@Root() { userErrors = [] }: AnsweredPage): RecommendationError[] {
    return userErrors;
  }

  @SignedIn()
  @Cost(20)
  @Query(() => TutorRecommendationConnection, {
    nullable: true,
    description: 'Tutors for an order, the best first, for its student and for staff. Nobody can pay for a place.',
  })
  recommendedTutors(
    @Arg('orderId', () => ID, { description: 'The order.' }) orderId: string,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<RecommendationPage | null> {
    return this.service.forOrder(context, orderId, page);
  }

  @SignedIn()
  @Limited({ viewer: { points: 60, seconds: MINUTE }, network: { points: 300, seconds: MINUTE } })
  @Cost(50)
  @Query(() => TutorRecommendationConnection, {
    nullable: true,
    description: 'Tutors for what somebody looks for before there is an order, the best first.',
  })
  async recommendedTutorsFor(
    @Arg('input', () => WishInput, { description: 'What is looked for.' }) input: WishInput,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<AnsweredPage> {
    const answered = await answer(context, RecommendationError, () => this.service.forWish(context, input, page));
    return { ...this.service.nothing(), ...answered };
  }
}
