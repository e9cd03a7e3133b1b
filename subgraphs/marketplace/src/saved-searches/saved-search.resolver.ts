import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { TutorSearch } from '../search/tutor-conditions.js';
import type { Subject } from '../subjects/subject.entity.js';
import { SubjectType } from '../subjects/subject.types.js';
import type { SavedSearch } from './saved-search.entity.js';
import type { SavedSearchService } from './saved-search.service.js';
import {
  DeleteSavedSearchInput,
  DeleteSavedSearchPayload,
  SavedSearchError,
  SavedSearchType,
  SavedTutorFilterType,
  SaveSearchInput,
  SaveSearchPayload,
  UpdateSavedSearchInput,
  UpdateSavedSearchPayload,
} from './saved-search.types.js';

/** Saved searches in the graph. */
@Resolver(() => SavedSearchType)
export class SavedSearchResolver {
  constructor(private readonly searches: SavedSearchService) {}

  @FieldResolver(() => [SubjectType], {
    description: 'The subjects of which one must be taught; empty when any may be.',
  })
  subjects(@Root() search: SavedSearch, @Ctx() context: RequestContext): Promise<Subject[]> {
    return this.searches.subjects(context, search);
  }

  @FieldResolver(() => SavedTutorFilterType, { description: 'What else is looked for.' })
  filter(@Root() { filter }: SavedSearch): TutorSearch {
    return filter;
  }

  @SignedIn()
  @Query(() => [SavedSearchType], {
    nullable: true,
    description: 'Your saved searches, at most 20, the newest first.',
  })
  savedSearches(@Ctx() context: RequestContext): Promise<SavedSearch[]> {
    return this.searches.own(context);
  }

  @SignedIn()
  @Mutation(() => SaveSearchPayload, {
    nullable: true,
    description:
      'Keeps a search, at most 20. You are told once of each tutor who begins to match it, within some minutes, and never of those who match it already.',
  })
  saveSearch(
    @Arg('input', () => SaveSearchInput, { description: 'The search.' }) input: SaveSearchInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, SavedSearchError, async () => ({ savedSearch: await this.searches.save(context, input) }));
  }

  @SignedIn()
  @Mutation(() => UpdateSavedSearchPayload, { nullable: true, description: 'Changes a saved search of yours.' })
  updateSavedSearch(
    @Arg('input', () => UpdateSavedSearchInput, { description: 'What to change.' }) input: UpdateSavedSearchInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, SavedSearchError, async () => ({ savedSearch: await this.searches.update(context, input) }));
  }

  @SignedIn()
  @Mutation(() => DeleteSavedSearchPayload, { nullable: true, description: 'Deletes a saved search of yours.' })
  deleteSavedSearch(
    @Arg('input', () => DeleteSavedSearchInput, { description: 'Which.' }) input: DeleteSavedSearchInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, SavedSearchError, async () => {
      return { deletedSavedSearchId: await this.searches.delete(context, input) };
    });
  }
}
