import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';

/** Who wants to buy which course. */
export interface CourseWish {
  userId: string;
  courseId: string;
  cohortId?: string | null | undefined;
}

/** Under what somebody can buy a course. */
export interface CourseTerms {
  title: string;
  amount: { amountMinor: number; currency: string };
  /** Do they have it already? */
  isEnrolled: boolean;
}

/** What a course costs somebody; null when it is not for sale, or no place is left in the cohort. */
export async function findCourseTerms(em: EntityManager, wish: CourseWish): Promise<CourseTerms | null> {
  const { userId, courseId, cohortId = null } = wish;
  if (![userId, courseId, cohortId ?? courseId].every(isId)) return null;
  const { rows } = await sql<{ title: string; price_minor: string; currency: string; is_enrolled: boolean }>`
    select c.title, c.price_minor, c.currency, exists (
        select from learning.enrollments e join learning.students s on s.id = e.student_id
         where e.course_id = c.id and s.user_id = ${userId} and e.status <> 'DROPPED') as is_enrolled
      from learning.courses c join learning.course_versions v on v.course_id = c.id and v.status = 'PUBLISHED'
     where c.id = ${courseId} and c.enrollment_policy = 'PAID' and c.archived_at is null
       and (${cohortId}::uuid is null or exists (
         select from learning.cohorts g where g.id = ${cohortId}::uuid and g.course_id = c.id
            and (g.capacity is null or g.member_count < g.capacity)))`.execute(em.getKysely());
  const [found] = rows;
  if (!found) return null;
  const { title, price_minor: amountMinor, currency, is_enrolled: isEnrolled } = found;
  return { title, amount: { amountMinor: Number(amountMinor), currency }, isEnrolled };
}
