import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { type RawBuilder, sql } from 'kysely';
import { lockReason } from '../progress/lesson-gate.js';

/** Entries `t` that are there and, where they are lessons, open to an account as a student. Null: no lessons at all. */
export function openTo(userId: string | null): RawBuilder<boolean> {
  if (!userId) return sql`(t.removed_at is null and t.lesson_id is null)`;
  return sql`(t.removed_at is null and (t.lesson_id is null or exists (
    select from learning.lessons l
      join learning.enrollments e on e.version_id = l.version_id
      join learning.students s on s.id = e.student_id
      left join learning.cohorts c on c.id = e.cohort_id
     where l.id = t.lesson_id and s.user_id = ${userId}::uuid and ${lockReason(new Date())} is null)))`;
}

/** Entries `t` that the viewer may read: those who edit or write courses all, everybody else as the assistant reads for them. */
export function readableBy(context: RequestContext): RawBuilder<boolean> {
  const isEditor = context.can('learning.courses.author');
  return isEditor ? sql`t.removed_at is null` : openTo(context.viewer.kind === 'user' ? context.viewer.userId : null);
}
