import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { shuffled } from '../questions/shuffle.rules.js';

/** A question that a part of a test may give. */
export interface Candidate {
  /** Place of the part in the test. */
  position: number;
  /** How many are drawn; null where the question is fixed. */
  count: number | null;
  questionId: string;
  revisionId: string;
}

/** Every question that a test may have now; retired ones it may not. */
export async function findCandidates(em: EntityManager, testId: string): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select i.position, i.count, q.id as "questionId", r.id as "revisionId"
      from learning.test_items i
      join learning.questions q on q.retired_at is null and (q.id = i.question_id
        or (q.bank_id = i.bank_id and (i.tag is null or i.tag = any (q.tags))))
      join learning.question_revisions r on r.question_id = q.id and r.number = q.revision
     where i.test_id = ${testId} order by i.position, q.id`.execute(em.getKysely());
  return rows;
}

/**
 * The revisions of one attempt in their order: fixed questions, and as many of each draw as there are that no other part gives.
 *
 * @param seed decides what is drawn and, if they are shuffled, the order
 */
export function drawRevisions(candidates: readonly Candidate[], seed: string, shuffles: boolean): string[] {
  const used = new Set(candidates.filter(({ count }) => count === null).map(({ questionId }) => questionId));
  const drawn: Candidate[] = [];
  for (const [position, part] of Map.groupBy(candidates, (candidate) => candidate.position)) {
    const count = part[0]?.count ?? null;
    if (count === null) {
      drawn.push(...part);
      continue;
    }
    const free = part.filter(({ questionId }) => !used.has(questionId));
    const chosen = shuffled(free, `${seed}/${position}`, ({ questionId }) => questionId).slice(0, count);
    for (const { questionId } of chosen) used.add(questionId);
    drawn.push(...chosen);
  }
  const ordered = shuffles ? shuffled(drawn, seed, ({ questionId }) => questionId) : drawn;
  return ordered.map(({ revisionId }) => revisionId);
}
