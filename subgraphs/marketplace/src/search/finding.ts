import type { EntityManager } from '@mikro-orm/postgresql';
import type { RoomParts } from '@tutorgraph/kit/room/room';
import { FavouriteResolver, TutorSavedResolver } from '../favourites/favourite.resolver.js';
import { FavouriteService } from '../favourites/favourite.service.js';
import { matchSavedSearchesJob } from '../jobs/match-saved-searches.job.js';
import { refreshTutorRanksJob } from '../jobs/refresh-tutor-ranks.job.js';
import { SavedSearchResolver } from '../saved-searches/saved-search.resolver.js';
import { SavedSearchService } from '../saved-searches/saved-search.service.js';
import { SubjectFacetResolver, TutorSearchResolver } from './tutor-search.resolver.js';
import { TutorSearchService } from './tutor-search.service.js';

/** Wires search and what people save of it. */
export function createFinding({ em }: { em: EntityManager }) {
  const search = new TutorSearchService();
  const favourites = new FavouriteService();
  return {
    resolvers: [
      new TutorSearchResolver(search),
      new SubjectFacetResolver(search),
      new FavouriteResolver(favourites),
      new TutorSavedResolver(favourites),
      new SavedSearchResolver(new SavedSearchService()),
    ],
    jobs: [matchSavedSearchesJob(em), refreshTutorRanksJob(em)],
  } satisfies RoomParts;
}
