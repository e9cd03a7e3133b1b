import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { readRows } from '@tutorgraph/kit/database/read-rows';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { isSearch, searchQuery } from '../search/text-search.js';
import { Subject } from './subject.entity.js';

/** Subjects by id, batched. */
export const subjectsById = defineLoader<string, Subject | null>(
  async ({ em }, ids) => {
    const subjects = await readRows(em, Subject, ids.filter(isId));
    return new Map(subjects.map((subject) => [subject.id, subject]));
  },
  { absent: () => null },
);

/** A subject by id. */
export function findSubject(em: EntityManager, id: string): Promise<Subject | null> {
  return isId(id) ? em.findOne(Subject, { id }) : Promise.resolve(null);
}

/** Ids of subjects that are taught, in each of these lists and of this slug if one is given. */
export async function findTaughtSubjects(
  em: EntityManager,
  lists: readonly (readonly string[])[],
  slug: string | undefined,
): Promise<string[]> {
  const conditions = lists.map((ids) => ({ id: { $in: ids.filter(isId) } }));
  const found = await em.find(Subject, {
    $and: [{ archivedAt: null }, ...conditions, ...(slug === undefined ? [] : [{ slug }])],
  });
  return found.map(({ id }) => id);
}

/** A subject, locked until the transaction ends. */
export function lockSubject(tx: EntityManager, id: string): Promise<Subject | null> {
  return isId(id) ? tx.findOne(Subject, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : Promise.resolve(null);
}

/** A page of subjects by their name in a language. */
export function findSubjects(
  em: EntityManager,
  filter: { archived: boolean; text?: string | null | undefined },
  locale: string,
  page: PageRequest,
): Promise<Connection<Subject>> {
  const conditions = [filter.archived ? sql`t.archived_at is not null` : sql`t.archived_at is null`];
  if (isSearch(filter.text)) {
    conditions.push(sql`marketplace.search_document(t.name_en || ' ' || t.name_ru) @@ ${searchQuery(filter.text)}`);
  }
  return keysetPage(
    em,
    {
      entity: Subject,
      from: sql`from marketplace.subjects t where ${sql.join(conditions, sql` and `)}`,
      order: [
        { expression: locale === 'ru' ? sql`t.name_ru` : sql`t.name_en`, type: 'text', direction: 'asc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'asc' },
      ],
    },
    page,
  );
}
