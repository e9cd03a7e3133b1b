import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, FieldResolver, Float, ID, Resolver, Root } from 'type-graphql';
import { ApplicationReference, TutorReference } from '../people/references.types.js';
import type { MatchService, TutorMatch } from './match.service.js';
import { TutorMatchType } from './match.types.js';

/** How well a tutor fits an order. */
@Resolver(() => TutorReference)
export class TutorMatchResolver {
  constructor(private readonly service: MatchService) {}

  @FieldResolver(() => TutorMatchType, {
    nullable: true,
    description:
      'How well the tutor fits an order of yours; null for orders of others, and when the tutor does not teach what it wants.',
  })
  matchFor(
    @Root() { id }: TutorReference,
    @Arg('orderId', () => ID, { description: 'Your order.' }) orderId: string,
    @Ctx() context: RequestContext,
  ): Promise<TutorMatch | null> {
    return this.service.matchFor(context, id, orderId);
  }
}

/** How well an application fits its order. */
@Resolver(() => ApplicationReference)
export class ApplicationMatchResolver {
  constructor(private readonly service: MatchService) {}

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'How well the tutor fits the order, 0 to 100, for its student and the tutor; null for others. A usual tutor has 50.',
  })
  matchScore(@Root() { id }: ApplicationReference, @Ctx() context: RequestContext): Promise<number | null> {
    return this.service.scoreOf(context, id);
  }
}
