import { Public } from '@tutorgraph/kit/graphql/access';
import { ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Cost } from '@tutorgraph/kit/graphql/cost';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Subject } from '../subjects/subject.entity.js';
import { SubjectType } from '../subjects/subject.types.js';
import type { TutorOrderName } from '../tutors/tutor.rules.js';
import { TutorConnection, TutorFilter, TutorOrder } from '../tutors/tutor.types.js';
import { SubjectFacetType, TutorFacets } from './facet.types.js';
import type { FoundFacets, FoundTutors, SubjectFacet, TutorSearchService } from './tutor-search.service.js';

/** Finding tutors in the graph. */
@Resolver(() => TutorConnection)
export class TutorSearchResolver {
  constructor(private readonly search: TutorSearchService) {}

  @Cost(10)
  @FieldResolver(() => TutorFacets, {
    description: 'By what all the tutors found can be narrowed down; counted only when you select it.',
  })
  facets(@Root() found: FoundTutors): Promise<FoundFacets> {
    return found.facets();
  }

  @Public()
  @Query(() => TutorConnection, { nullable: true, description: 'Tutors who want to be found.' })
  tutors(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => TutorFilter, { nullable: true, description: 'Which tutors; all without it.' })
    filter: TutorFilter | null | undefined,
    @Arg('orderBy', () => TutorOrder, {
      nullable: true,
      description: 'How to order them; without it RELEVANCE when the filter has a text, otherwise RATING.',
    })
    orderBy: TutorOrderName | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<FoundTutors> {
    return this.search.find(context, filter, orderBy, page);
  }
}

/** Facets in the graph. */
@Resolver(() => SubjectFacetType)
export class SubjectFacetResolver {
  constructor(private readonly search: TutorSearchService) {}

  @FieldResolver(() => SubjectType, { description: 'The subject.' })
  subject(@Root() facet: SubjectFacet, @Ctx() context: RequestContext): Promise<Subject | null> {
    return this.search.subject(context, facet);
  }
}
