import { defineEntity, p } from '@mikro-orm/core';

const SearchWordSchema = defineEntity({
  name: 'SearchWord',
  tableName: 'search_words',
  indexes: [
    {
      name: 'search_words_by_beginning',
      expression: 'create index search_words_by_beginning on marketplace.search_words (word text_pattern_ops)',
    },
    {
      name: 'search_words_by_sound',
      expression:
        'create index search_words_by_sound on marketplace.search_words using gin (sound gin_trgm_ops) with (fastupdate = off)',
    },
  ],
  properties: {
    word: p.text().primary(),
    /** The word in Latin letters, by the database's `marketplace.latin`. */
    sound: p.text(),
  },
});

/** A word of a name, headline, city or subject of tutors, by which typing errors are put right. */
export class SearchWord extends SearchWordSchema.class {}
SearchWordSchema.setClass(SearchWord);
