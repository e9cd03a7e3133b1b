import { defineEntity, p } from '@mikro-orm/core';
import type { TutorSearch } from '../search/tutor-conditions.js';

const SavedSearchSchema = defineEntity({
  name: 'SavedSearch',
  tableName: 'saved_searches',
  indexes: [
    { name: 'saved_searches_of_user', properties: ['userId', 'createdAt', 'id'] },
    {
      name: 'saved_searches_by_anchor',
      expression:
        'create index saved_searches_by_anchor on marketplace.saved_searches using gin (anchors) where notify',
    },
  ],
  checks: [
    { name: 'saved_searches_name_check', expression: 'length(name) >= 1 and length(name) <= 100' },
    { name: 'saved_searches_anchors_check', expression: 'cardinality(anchors) >= 1' },
  ],
  properties: {
    id: p.uuid().primary(),
    /** Whose it is; accounts owns them. */
    userId: p.uuid(),
    name: p.text(),
    notify: p.boolean(),
    /** As it was given, with subjects by their ids. The columns that follow say the same to the database. */
    filter: p.json<TutorSearch>(),
    /** What a tutor must have one of to be compared at all: `subject:<id>`, else `city:<city>`, else `any`. */
    anchors: p.array().columnType('text[]').$type<string[]>(),
    words: p.string().columnType('tsquery').nullable(),
    subjectIds: p.array().columnType('uuid[]').$type<string[]>().nullable(),
    /** A JSON path of a card's offers; null unless level or price are asked for. */
    offerPath: p.text().nullable(),
    currency: p.text().nullable(),
    city: p.text().nullable(),
    format: p.text().nullable(),
    language: p.text().nullable(),
    languages: p.array().columnType('text[]').$type<string[]>().nullable(),
    ratingAtLeast: p.decimal('string').columnType('numeric').nullable(),
    verified: p.boolean(),
    premiumOnly: p.boolean().default(false),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A search that somebody keeps, and of whose new matches they may be told. */
export class SavedSearch extends SavedSearchSchema.class {}
SavedSearchSchema.setClass(SavedSearch);
