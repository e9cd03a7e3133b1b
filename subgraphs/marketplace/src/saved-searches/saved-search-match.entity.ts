import { defineEntity, p } from '@mikro-orm/core';
import { Tutor } from '../tutors/tutor.entity.js';
import { SavedSearch } from './saved-search.entity.js';

const SavedSearchMatchSchema = defineEntity({
  name: 'SavedSearchMatch',
  tableName: 'saved_search_matches',
  primaryKeys: ['searchId', 'tutorId'],
  indexes: [{ name: 'saved_search_matches_of_tutor', properties: ['tutorId'] }],
  properties: {
    searchId: () =>
      p.manyToOne(SavedSearch).mapToPk().primary().fieldName('search_id').deleteRule('cascade').updateRule('no action'),
    tutorId: () =>
      p.manyToOne(Tutor).mapToPk().primary().fieldName('tutor_id').deleteRule('cascade').updateRule('no action'),
    /** False of whom matched before and was there when the search was saved. */
    isTold: p.boolean(),
  },
});

/** A tutor of whom a saved search never tells again, or never at all. */
export class SavedSearchMatch extends SavedSearchMatchSchema.class {}
SavedSearchMatchSchema.setClass(SavedSearchMatch);
