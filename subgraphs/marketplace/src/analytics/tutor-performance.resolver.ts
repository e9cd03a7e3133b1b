import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Subject } from '../subjects/subject.entity.js';
import { SubjectType } from '../subjects/subject.types.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorType } from '../tutors/tutor.types.js';
import type { TutorPerformanceService } from './tutor-performance.service.js';
import { SubjectDemand, TutorPerformance } from './tutor-performance.types.js';

/** How tutors do. */
@Resolver(() => TutorPerformance)
export class TutorPerformanceResolver {
  constructor(private readonly service: TutorPerformanceService) {}

  @FieldResolver(() => TutorType, { description: 'Whose figures they are.' })
  tutor(@Root() performance: TutorPerformance, @Ctx() context: RequestContext): Promise<Tutor | null> {
    return this.service.tutor(context, performance);
  }

  @SignedIn()
  @Limited({ viewer: { points: 60, seconds: 60 } })
  @Query(() => TutorPerformance, {
    nullable: true,
    description:
      'How a tutor did from one moment to another, at most 366 days later; null unless it is you or you may see figures of the market.',
  })
  tutorPerformance(
    @Arg('from', () => DateTime, { description: 'Beginning of the span, inclusive.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'End of the span, exclusive.' }) to: Date,
    @Arg('tutorId', () => ID, { nullable: true, description: 'Which tutor; you without it.' })
    tutorId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<TutorPerformance | null> {
    return this.service.measure(context, tutorId, from, to);
  }
}

/** What a figure of demand is about. */
@Resolver(() => SubjectDemand)
export class SubjectDemandResolver {
  constructor(private readonly service: TutorPerformanceService) {}

  @FieldResolver(() => SubjectType, { description: 'The subject.' })
  subject(@Root() demand: SubjectDemand, @Ctx() context: RequestContext): Promise<Subject | null> {
    return this.service.subject(context, demand);
  }
}
