import type { EntityManager } from '@mikro-orm/postgresql';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import type { LearningErrorCode } from '../errors.js';
import { TestItem } from './test.entity.js';
import type { NewTestItem } from './test.rules.js';

/**
 * Makes a test of these parts and of nothing else.
 *
 * @throws Refusal NOT_FOUND for a question or bank that the course has not, or a question that is retired or named twice;
 * TOO_FEW_QUESTIONS where more are to be drawn than there are
 */
export async function replaceItems(
  tx: EntityManager,
  testId: string,
  courseId: string,
  items: readonly NewTestItem[],
): Promise<void> {
  await requireFixed(tx, courseId, items);
  await requireEnough(tx, courseId, items);
  await tx.nativeDelete(TestItem, { testId });
  await tx.insertMany(
    TestItem,
    items.map((item, index) => ({
      ...{ id: newId(), testId, position: index + 1 },
      questionId: 'questionId' in item ? item.questionId : null,
      bankId: 'bankId' in item ? item.bankId : null,
      tag: ('bankId' in item && item.tag) || null,
      count: 'bankId' in item ? item.count : null,
    })),
  );
}

async function requireFixed(tx: EntityManager, courseId: string, items: readonly NewTestItem[]): Promise<void> {
  const ids = fixedIds(items);
  const { rows } = await sql<{ id: string }>`
    select q.id from learning.questions q join learning.question_banks b on b.id = q.bank_id
     where q.id = any (${ids.filter(isId)}::uuid[]) and b.course_id = ${courseId} and q.retired_at is null`.execute(
    tx.getKysely(),
  );
  const known = new Set(rows.map(({ id }) => id));
  for (const [index, item] of items.entries()) {
    // Each once: what was found is used up.
    if ('questionId' in item && !known.delete(item.questionId)) {
      throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'items', `${index}`, 'questionId']);
    }
  }
}

/** Whatever the draws before it take, enough must be left for each. */
async function requireEnough(tx: EntityManager, courseId: string, items: readonly NewTestItem[]): Promise<void> {
  const fixed = fixedIds(items);
  const before: { count: number; ids: readonly string[] }[] = [];
  for (const [index, item] of items.entries()) {
    if (!('bankId' in item)) continue;
    const found = await findDrawable(tx, courseId, item);
    if (!found) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'items', `${index}`, 'bankId']);
    const ids = found.filter((id) => !fixed.includes(id));
    const taken = before.reduce((sum, draw) => sum + Math.min(draw.count, shared(ids, draw.ids)), 0);
    if (ids.length - taken < item.count) {
      throw new Refusal<LearningErrorCode>('TOO_FEW_QUESTIONS', ['input', 'items', `${index}`, 'count']);
    }
    before.push({ count: item.count, ids });
  }
}

/** Ids of the questions from which a part draws; null when the course has no such bank. */
async function findDrawable(
  tx: EntityManager,
  courseId: string,
  { bankId, tag: given }: Extract<NewTestItem, { bankId: string }>,
): Promise<string[] | null> {
  if (!isId(bankId)) return null;
  const tag = given ?? null;
  const { rows } = await sql<{ ids: string[] }>`
    select array(select q.id::text from learning.questions q where q.bank_id = b.id and q.retired_at is null
      and (${tag}::text is null or ${tag} = any (q.tags))) as ids
      from learning.question_banks b where b.id = ${bankId} and b.course_id = ${courseId}`.execute(tx.getKysely());
  return rows[0]?.ids ?? null;
}

function shared(one: readonly string[], other: readonly string[]): number {
  const known = new Set(other);
  return one.filter((id) => known.has(id)).length;
}

function fixedIds(items: readonly NewTestItem[]): string[] {
  return items.flatMap((item) => ('questionId' in item ? [item.questionId] : []));
}
