import type { EntityData, EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { defineNestedPages } from '@tutorgraph/kit/pagination/nested-pages';
import { sql } from 'kysely';
import { Question, QuestionBank, QuestionRevision } from './question.entity.js';
import type { QuestionKind } from './question.rules.js';

const OLDEST_FIRST: readonly SortKey[] = [
  { expression: sql`t.created_at`, type: 'timestamptz', direction: 'asc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'asc' },
];

const BY_TITLE: readonly SortKey[] = [
  { expression: sql`lower(t.title)`, type: 'text', direction: 'asc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'asc' },
];

/** A page of the banks of a course, by their titles. */
export function findBanks(em: EntityManager, courseId: string, page: PageRequest): Promise<Connection<QuestionBank>> {
  const condition = isId(courseId) ? sql`t.course_id = ${courseId}::uuid` : sql`false`;
  const from = sql`from learning.question_banks t where ${condition}`;
  return keysetPage(em, { entity: QuestionBank, from, order: BY_TITLE }, page);
}

/** A bank by its id. */
export function findBank(em: EntityManager, id: string): Promise<QuestionBank | null> {
  return isId(id) ? em.findOne(QuestionBank, { id }) : Promise.resolve(null);
}

/** Banks by id, batched. */
export const banksById = defineLoader<string, QuestionBank | null>(
  async ({ em }, ids) => {
    const banks = await em.find(QuestionBank, { id: { $in: ids.filter(isId) } });
    return new Map(banks.map((bank) => [bank.id, bank]));
  },
  { absent: () => null },
);

/** Questions by id, batched. */
export const questionsById = defineLoader<string, Question | null>(
  async ({ em }, ids) => {
    const questions = await em.find(Question, { id: { $in: ids.filter(isId) } });
    return new Map(questions.map((question) => [question.id, question]));
  },
  { absent: () => null },
);

/** Questions of banks, the oldest first, retired ones too. */
export const questionsOfBanks = defineNestedPages<Question>(() => ({
  entity: Question,
  from: sql`from learning.questions t where true`,
  parent: sql`t.bank_id`,
  order: OLDEST_FIRST,
}));

type Given<Value> = Value | null | undefined;

/** Which questions are looked for; conditions add up. */
export interface QuestionSearch {
  bankId: string;
  kind?: Given<QuestionKind>;
  tag?: Given<string>;
  isRetired?: Given<boolean>;
  text?: Given<string>;
}

/** A page of questions of a bank, the oldest first. */
export function findQuestionsOfBank(
  em: EntityManager,
  { bankId, kind, tag, isRetired, text }: QuestionSearch,
  page: PageRequest,
): Promise<Connection<Question>> {
  const conditions = [
    isId(bankId) ? sql`t.bank_id = ${bankId}::uuid` : sql`false`,
    ...(kind ? [sql`r.kind = ${kind}`] : []),
    ...(tag ? [sql`${tag.trim().toLowerCase()} = any (t.tags)`] : []),
    ...(typeof isRetired === 'boolean' ? [sql`(t.retired_at is not null) = ${isRetired}`] : []),
    ...(text ? [sql`position(lower(${text}) in lower(r.prompt)) > 0`] : []),
  ];
  const from = sql`from learning.questions t
    join learning.question_revisions r on r.question_id = t.id and r.number = t.revision
    where ${sql.join(conditions, sql` and `)}`;
  return keysetPage(em, { entity: Question, from, order: OLDEST_FIRST }, page);
}

/** How many questions of a bank that are not retired have a tag. */
export interface TagCount {
  tag: string;
  count: number;
}

/** Tags of banks, by name, batched. */
export const tagsOfBanks = defineLoader<string, TagCount[]>(
  async ({ em }, bankIds) => {
    const { rows } = await sql<TagCount & { bank_id: string }>`
      select q.bank_id, tag, count(*)::int as count from learning.questions q, unnest(q.tags) tag
       where q.bank_id = any (${[...bankIds]}::uuid[]) and q.retired_at is null
       group by q.bank_id, tag order by q.bank_id, tag`.execute(em.getKysely());
    return Map.groupBy(rows, ({ bank_id: bankId }) => bankId);
  },
  { absent: () => [] },
);

/** What questions say now, batched by their ids. */
export const currentRevisions = defineLoader<string, QuestionRevision>(
  async ({ em }, questionIds) => {
    const { rows } = await sql<EntityData<QuestionRevision>>`
      select r.* from learning.questions q
        join learning.question_revisions r on r.question_id = q.id and r.number = q.revision
       where q.id = any (${[...questionIds]}::uuid[])`.execute(em.getKysely());
    const revisions = rows.map((row) => em.map(QuestionRevision, row));
    return new Map(revisions.map((revision) => [revision.questionId, revision]));
  },
  {
    absent: () => {
      throw new Error('A question has no current revision');
    },
  },
);
