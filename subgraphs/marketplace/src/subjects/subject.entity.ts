import { defineEntity, p } from '@mikro-orm/core';

const SubjectSchema = defineEntity({
  name: 'Subject',
  tableName: 'subjects',
  uniques: [{ name: 'subjects_slug_unique', properties: ['slug'] }],
  indexes: [
    { name: 'subjects_by_english_name', properties: ['nameEn', 'id'] },
    { name: 'subjects_by_russian_name', properties: ['nameRu', 'id'] },
    {
      name: 'subjects_search',
      expression: `create index subjects_search on marketplace.subjects using gin (marketplace.search_document(name_en || ' ' || name_ru))`,
    },
  ],
  checks: [
    { name: 'subjects_slug_check', expression: `slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60` },
    { name: 'subjects_name_en_check', expression: 'length(name_en) >= 1 and length(name_en) <= 100' },
    { name: 'subjects_name_ru_check', expression: 'length(name_ru) >= 1 and length(name_ru) <= 100' },
  ],
  properties: {
    id: p.uuid().primary(),
    /** For addresses of pages; in lower case. */
    slug: p.text(),
    nameEn: p.text(),
    nameRu: p.text(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
    /** Since when it is not offered any longer; null while it is. */
    archivedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** Something that can be taught. */
export class Subject extends SubjectSchema.class {}
SubjectSchema.setClass(Subject);
