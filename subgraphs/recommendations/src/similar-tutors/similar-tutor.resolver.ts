import { Public } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { SimilarTutorService, SimilarTutors } from './similar-tutor.service.js';
import { SimilarTutorsType } from './similar-tutor.types.js';

/** Tutors who are like another, in the graph. */
@Resolver(() => SimilarTutorsType)
export class SimilarTutorResolver {
  constructor(private readonly service: SimilarTutorService) {}

  @Public()
  @Limited({ viewer: { points: 120, seconds: 60 }, network: { points: 600, seconds: 60 } })
  @Query(() => SimilarTutorsType, {
    nullable: true,
    description:
      'Tutors who are like this one: by what their profiles say, by whom the same students learned with, by subjects, levels and rates. Null when there is no such tutor who is shown.',
  })
  similarTutors(
    @Arg('tutorId', () => ID, { description: 'To whom others should be like.' }) tutorId: string,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 20; 6 when it is not given.' })
    first: number | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<SimilarTutors | null> {
    return this.service.similarTo(context, tutorId, first);
  }
}
