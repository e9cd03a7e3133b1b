import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { type RawBuilder, sql } from 'kysely';
import type { Cohort } from './cohort.entity.js';
import { cohortsById } from './cohort.repository.js';

/** May the viewer see all cohorts whole? */
function seesAllCohorts(context: RequestContext): boolean {
  return context.isService || context.can('learning.students.read') || context.can('learning.students.manage');
}

/**
 * A condition of SQL on `learning.cohorts t`: staff sees all, curators and members their own, and everybody those of courses in
 * which one can enrol by oneself.
 */
export function visibleCohorts(context: RequestContext): RawBuilder<boolean> {
  if (seesAllCohorts(context)) return sql`true`;
  const userId = context.viewer.kind === 'user' ? context.viewer.userId : null;
  return sql`(t.curator_id = ${userId}::uuid
    or exists (select from learning.courses c join learning.course_versions v on v.course_id = c.id
                where c.id = t.course_id and v.status = 'PUBLISHED' and c.archived_at is null
                  and c.enrollment_policy <> 'CLOSED')
    or exists (select from learning.enrollments e join learning.students s on s.id = e.student_id
                where e.cohort_id = t.id and s.user_id = ${userId}::uuid))`;
}

/** What the viewer may see of each cohort, batched: nothing of those that are not in the answer. */
const cohortSights = defineLoader<string, { isMember: boolean } | null>(
  async (context, ids) => {
    const userId = context.viewer.kind === 'user' ? context.viewer.userId : null;
    const { rows } = await sql<{ id: string; is_member: boolean }>`
      select t.id, exists (select from learning.enrollments e join learning.students s on s.id = e.student_id
                            where e.cohort_id = t.id and s.user_id = ${userId}::uuid) as is_member
        from learning.cohorts t where t.id = any (${ids.filter(isId)}::uuid[]) and ${visibleCohorts(context)}`.execute(
      context.em.getKysely(),
    );
    return new Map(rows.map(({ id, is_member: isMember }) => [id, { isMember }]));
  },
  { absent: () => null },
);

/** A cohort that the viewer may see; null when there is none. */
export async function seenCohort(context: RequestContext, id: string): Promise<Cohort | null> {
  const [cohort, sight] = await Promise.all([
    context.loader(cohortsById).load(id),
    context.loader(cohortSights).load(id),
  ]);
  return sight && cohort;
}

/** Does the viewer work with this cohort: as its curator, or as staff? */
export function worksWith(context: RequestContext, { curatorId }: Cohort): boolean {
  return seesAllCohorts(context) || (Boolean(curatorId) && context.isUser(curatorId ?? ''));
}

/** May the viewer see who its curator is? Its members may. */
export async function seesCurator(context: RequestContext, cohort: Cohort): Promise<boolean> {
  if (worksWith(context, cohort)) return true;
  return (await context.loader(cohortSights).load(cohort.id))?.isMember ?? false;
}
