import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { TutorReference } from '../people/references.types.js';
import type { PraiseService } from './praise.service.js';
import { TutorPraise, TutorStrength } from './praise.types.js';

/** What texts say of tutors, in the graph. */
@Resolver(() => TutorReference)
export class TutorPraiseResolver {
  constructor(private readonly service: PraiseService) {}

  @FieldResolver(() => [TutorPraise], {
    description:
      '“Students praise…”: what at least two reviews praise, and clearly more than complain about; the most frequent first. Read from their texts.',
  })
  praise(
    @Root() { id }: TutorReference,
    @Arg('first', () => Int, { defaultValue: 5, description: 'How many, 1 to 20.' }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<TutorPraise[]> {
    return this.service.praise(context, id, first);
  }

  @FieldResolver(() => [TutorStrength], {
    description:
      'What the tutor is good at: what reviews praise, and what the profile names if a review confirms it. The most praised first.',
  })
  strengths(
    @Root() { id }: TutorReference,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many, 1 to 20.' }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<TutorStrength[]> {
    return this.service.strengths(context, id, first);
  }
}
