import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { sql } from 'kysely';
import { lockReason } from './lesson-gate.js';
import type { LessonProgressStatus, LockReason } from './lesson-progress.rules.js';

/** How far an enrolment has come. */
export interface Standing {
  startsOn: string | null;
  lengthDays: number;
  /** Lessons that must be completed, and how many of them are. */
  required: number;
  done: number;
  /** The first lesson in order that is open and not completed. */
  currentLessonId: string | null;
}

/** How far each enrolment has come, batched: one statement. */
export const standings = defineLoader<string, Standing | null>(
  async ({ em }, ids) => {
    const { rows } = await sql<Standing & { id: string }>`
      select e.id, to_char(c.starts_on, 'YYYY-MM-DD') as "startsOn", co.length_days as "lengthDays",
        counted.required, counted.done, current.id as "currentLessonId"
        from learning.enrollments e
        join learning.courses co on co.id = e.course_id
        left join learning.cohorts c on c.id = e.cohort_id
        cross join lateral (
          select count(*)::int as required, count(p.lesson_id)::int as done
            from (select l.id, l.is_optional, bool_and(l.is_optional) over () as is_all_optional
                    from learning.lessons l where l.version_id = e.version_id) l
            left join learning.lesson_progress p
              on p.enrollment_id = e.id and p.lesson_id = l.id and p.status = 'COMPLETED'
           where not l.is_optional or l.is_all_optional) counted
        left join lateral (
          select l.id from learning.lessons l join learning.course_modules m on m.id = l.module_id
           where l.version_id = e.version_id and ${lockReason(new Date())} is null and not exists (
             select from learning.lesson_progress p
              where p.enrollment_id = e.id and p.lesson_id = l.id and p.status = 'COMPLETED')
           order by m.position, l.position limit 1) current on true
       where e.id = any (${[...ids]}::uuid[])`.execute(em.getKysely());
    return new Map(rows.map((row) => [row.id, row]));
  },
  { absent: () => null },
);

/** One lesson of what somebody learns, and how far they are with it. */
export interface LessonStanding {
  enrollmentId: string;
  moduleId: string;
  lessonId: string;
  isOptional: boolean;
  status: LessonProgressStatus | null;
  startedAt: Date | null;
  completedAt: Date | null;
  lock: LockReason | null;
}

/** Every lesson of what each enrolment is for, in order, batched: one statement. */
export const lessonStandings = defineLoader<string, LessonStanding[]>(
  async ({ em }, ids) => {
    const { rows } = await sql<
      Omit<LessonStanding, 'startedAt' | 'completedAt'> & Record<'begun' | 'ended', string | null>
    >`
      select e.id as "enrollmentId", l.module_id as "moduleId", l.id as "lessonId", l.is_optional as "isOptional",
        p.status, p.started_at as begun, p.completed_at as ended, ${lockReason(new Date())} as lock
        from learning.enrollments e
        join learning.lessons l on l.version_id = e.version_id
        join learning.course_modules m on m.id = l.module_id
        left join learning.cohorts c on c.id = e.cohort_id
        left join learning.lesson_progress p on p.enrollment_id = e.id and p.lesson_id = l.id
       where e.id = any (${[...ids]}::uuid[])
       order by e.id, m.position, l.position`.execute(em.getKysely());
    const lessons = rows.map(({ begun, ended, ...row }) => ({
      ...row,
      startedAt: begun === null ? null : new Date(begun),
      completedAt: ended === null ? null : new Date(ended),
    }));
    return Map.groupBy(lessons, ({ enrollmentId }) => enrollmentId);
  },
  { absent: () => [] },
);
