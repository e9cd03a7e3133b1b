import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { lockSaving } from '../favourites/favourite.repository.js';
import { stemmedQuery } from '../search/search-text.js';
import { asksOffering, offersThatFit, type TutorSearch } from '../search/tutor-conditions.js';
import { readSearch } from '../search/tutor-search.js';
import type { Subject } from '../subjects/subject.entity.js';
import { subjectsById } from '../subjects/subject.repository.js';
import { noteThoseWhoMatch } from './matching.repository.js';
import { SavedSearch } from './saved-search.entity.js';
import { countSavedSearches, findSavedSearches, forgetMatches, lockSavedSearch } from './saved-search.repository.js';
import { MOST_SAVED_SEARCHES, newSavedSearch, savedSearchChange, savedSearchReference } from './saved-search.rules.js';
import type { SavedSearchErrorCode } from './saved-search.types.js';

type Wanted = Omit<SavedSearch, 'id' | 'userId' | 'name' | 'notify' | 'createdAt' | 'updatedAt'>;

/** Searches that people keep. */
export class SavedSearchService {
  /** The viewer's own, the newest first. */
  own(context: RequestContext): Promise<SavedSearch[]> {
    return findSavedSearches(context.em, context.user.userId);
  }

  /** The subjects that are searched for. */
  async subjects(context: RequestContext, { filter }: SavedSearch): Promise<Subject[]> {
    const found = await Promise.all((filter.subjectIds ?? []).map((id) => context.loader(subjectsById).load(id)));
    return found.filter((subject) => subject !== null);
  }

  /** @throws Refusal NOT_FOUND, TOO_MANY_SEARCHES. @throws BAD_USER_INPUT as search does */
  async save(context: RequestContext, input: unknown): Promise<SavedSearch> {
    const { userId } = context.user;
    const { name, filter, notify } = accept(newSavedSearch, input, context.locale);
    const wanted = await readWanted(context.em, filter);
    return transaction(context.em, async (tx) => {
      await lockSaving(tx, userId);
      if ((await countSavedSearches(tx, userId)) >= MOST_SAVED_SEARCHES) {
        throw new Refusal<SavedSearchErrorCode>('TOO_MANY_SEARCHES');
      }
      const now = new Date();
      const search = tx.create(SavedSearch, {
        id: newId(),
        userId,
        name,
        notify: notify ?? true,
        ...wanted,
        createdAt: now,
        updatedAt: now,
      });
      await tx.flush();
      await noteThoseWhoMatch(tx, search.id);
      return search;
    });
  }

  /** Another filter starts anew, as if the search were saved now. @throws as `save` */
  async update(context: RequestContext, input: unknown): Promise<SavedSearch> {
    const { userId } = context.user;
    const { savedSearchId, name, filter, notify } = accept(savedSearchChange, input, context.locale);
    const wanted = filter && (await readWanted(context.em, filter));
    return transaction(context.em, async (tx) => {
      const search = await lockOwn(tx, userId, savedSearchId);
      const isWoken = notify === true && !search.notify;
      search.name = name ?? search.name;
      search.notify = notify ?? search.notify;
      search.updatedAt = new Date();
      if (wanted) Object.assign(search, wanted);
      await tx.flush();
      if (wanted) await forgetMatches(tx, search.id);
      if (wanted || isWoken) await noteThoseWhoMatch(tx, search.id);
      return search;
    });
  }

  /** @throws Refusal NOT_FOUND */
  async delete(context: RequestContext, input: unknown): Promise<string> {
    const { userId } = context.user;
    const { savedSearchId } = accept(savedSearchReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      tx.remove(await lockOwn(tx, userId, savedSearchId));
      return savedSearchId;
    });
  }
}

async function lockOwn(tx: EntityManager, userId: string, id: string): Promise<SavedSearch> {
  const search = await lockSavedSearch(tx, userId, id);
  if (!search) throw new Refusal<SavedSearchErrorCode>('NOT_FOUND', ['input', 'savedSearchId']);
  return search;
}

/** What a filter means, as the database compares it. @throws Refusal NOT_FOUND when a subject is not taught */
async function readWanted(em: EntityManager, filter: TutorSearch): Promise<Wanted> {
  const query = await readSearch(em, filter);
  if (!query) throw new Refusal<SavedSearchErrorCode>('NOT_FOUND', ['input', 'filter']);
  const { subjectId: _, subjectSlug: __, ...rest } = filter;
  const { subjects, text, currency, format, language, languages, ratingAtLeast, verified, premiumOnly } = query;
  const city = query.city?.trim().toLowerCase() || null;
  return {
    filter: { ...rest, subjectIds: subjects ?? null },
    anchors: subjects?.map((id) => `subject:${id}`) ?? [city ? `city:${city}` : 'any'],
    words: text ? await stemmedQuery(em, text.words) : null,
    subjectIds: subjects ? [...subjects] : null,
    offerPath: asksOffering(query) ? offersThatFit(query) : null,
    currency: currency ?? null,
    city,
    format: format ?? null,
    language: language ?? null,
    languages: languages && languages.length > 0 ? [...languages] : null,
    ratingAtLeast: ratingAtLeast === null || ratingAtLeast === undefined ? null : String(ratingAtLeast),
    verified: verified ?? false,
    premiumOnly: premiumOnly ?? false,
  };
}
