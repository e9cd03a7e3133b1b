import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { EnrollmentStatus } from '../enrollments/enrollment.rules.js';
import type { RiskAssessment, RiskCourse, RiskHistory, RiskSubmission } from './risk-history.js';

/** An enrolment with the record that its risk is told from. */
export interface RiskRecord {
  enrollmentId: string;
  studentId: string;
  status: EnrollmentStatus;
  /** The day of the course that it is for this student now. */
  today: number;
  history: RiskHistory;
}

/** A version of a course with everybody in it: those who learn the same are compared with each other. */
export interface RiskClass {
  course: RiskCourse;
  courseId: string;
  records: readonly RiskRecord[];
}

/** Moments in milliseconds, as of `Date`. */
interface EnrollmentRow {
  id: string;
  studentId: string;
  status: EnrollmentStatus;
  enrolledAt: number;
  endedAt: number | null;
  cohortStart: number | null;
}

/** Moments in milliseconds, as of `Date`. */
interface DeedRow {
  enrollmentId: string;
  kind: 'SUBMISSION' | 'EXTENSION' | 'LESSON' | 'ACTIVITY' | 'FAILED_TEST';
  assessmentId: string | null;
  at: number;
  dueAt: number | null;
  score: number | null;
  scoredAt: number | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** The newest enrolments say best how the course goes; more would only take longer. */
const MOST_PEERS = 2_000;

/** Reads a version of a course as it stood at a moment; null when there is none or nobody learns it. */
export async function readClass(em: EntityManager, versionId: string, now: Date): Promise<RiskClass | null> {
  const course = await readCourse(em, versionId);
  const enrollments = course ? await readEnrollments(em, versionId) : [];
  if (!course || enrollments.length === 0) return null;
  const deeds = Map.groupBy(
    await readDeeds(
      em,
      enrollments.map(({ id }) => id),
    ),
    (deed) => deed.enrollmentId,
  );
  const records = enrollments.map((enrollment) => recordOf(enrollment, deeds.get(enrollment.id) ?? [], now));
  return { ...course, records };
}

/** Versions that somebody learns now, or all with enrolments that have ended. */
export async function versionsWith(em: EntityManager, status: 'ACTIVE' | 'ENDED'): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct version_id as id from learning.enrollments
     where (status = 'ACTIVE') = ${status === 'ACTIVE'}`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

async function readCourse(em: EntityManager, versionId: string): Promise<Omit<RiskClass, 'records'> | null> {
  const { rows } = await sql<{
    courseId: string;
    lengthDays: number;
    id: string | null;
    share: number;
    weight: number;
    days: number;
  }>`
    with plan as (
      select l.id, (row_number() over (order by m.position, l.position))::float / count(*) over () as done,
        1.0::float / count(*) over () as step
      from learning.lessons l join learning.course_modules m on m.id = l.module_id where l.version_id = ${versionId}
    ), asked as (
      select h.id, plan.done - plan.step as share, h.max_score as weight, h.due_days as days
        from learning.homework h join plan on plan.id = h.lesson_id where h.is_required
      union all
      select t.id, plan.done, 1, 0 from learning.tests t join plan on plan.id = t.lesson_id
    )
    select c.id as "courseId", c.length_days as "lengthDays", asked.id, asked.share, asked.weight, asked.days
      from learning.course_versions v join learning.courses c on c.id = v.course_id left join asked on true
     where v.id = ${versionId}`.execute(em.getKysely());
  const [first] = rows;
  if (!first) return null;
  const { courseId, lengthDays } = first;
  const assessments = rows.flatMap(({ id, share, weight, days }): RiskAssessment[] => {
    // A lesson is expected by its share of the course; homework is given when the lesson begins.
    return id ? [{ id, weight, dueDay: Math.min(lengthDays, Math.round(share * lengthDays) + days) }] : [];
  });
  return { courseId, course: { id: versionId, lengthDays, assessments } };
}

async function readEnrollments(em: EntityManager, versionId: string): Promise<EnrollmentRow[]> {
  const { rows } = await sql<EnrollmentRow>`
    (select ${enrollmentColumns} from learning.enrollments e left join learning.cohorts c on c.id = e.cohort_id
      where e.version_id = ${versionId} and e.status = 'ACTIVE')
    union all
    (select ${enrollmentColumns} from learning.enrollments e left join learning.cohorts c on c.id = e.cohort_id
      where e.version_id = ${versionId} and e.status <> 'ACTIVE' order by e.enrolled_at desc limit ${MOST_PEERS})`.execute(
    em.getKysely(),
  );
  return rows;
}

const enrollmentColumns = sql`e.id, e.student_id as "studentId", e.status, ${ms(sql`e.enrolled_at`)} as "enrolledAt",
  ${ms(sql`coalesce(e.completed_at, e.dropped_at)`)} as "endedAt", ${ms(sql`c.starts_on::timestamp at time zone 'UTC'`)} as "cohortStart"`;

/** All that the enrolments' students did. */
async function readDeeds(em: EntityManager, enrollmentIds: readonly string[]): Promise<DeedRow[]> {
  const { rows } = await sql<DeedRow>`
    with chosen as (select * from learning.enrollments where id = any (${[...enrollmentIds]}::uuid[])),
    first_submissions as (
      select distinct on (a.id) a.id, a.enrollment_id, a.homework_id, a.due_at, s.id as submission_id, s.submitted_at
        from chosen join learning.homework_assignments a on a.enrollment_id = chosen.id
        join learning.homework_submissions s on s.assignment_id = a.id and s.submitted_at is not null
       order by a.id, s.version
    ),
    first_grades as (
      select distinct on (g.submission_id) g.submission_id, g.graded_at, g.score * 100.0 / g.max_score as score
        from learning.homework_grades g join first_submissions f on f.submission_id = g.submission_id
       order by g.submission_id, g.graded_at, g.id
    )
    select f.enrollment_id as "enrollmentId", 'SUBMISSION' as kind, f.homework_id as "assessmentId", ${ms(sql`f.submitted_at`)} as at,
        ${ms(sql`f.due_at`)} as "dueAt", g.score::float as score, ${ms(sql`g.graded_at`)} as "scoredAt"
      from first_submissions f left join first_grades g on g.submission_id = f.submission_id
    union all
    select a.enrollment_id, 'EXTENSION', a.homework_id, ${ms(sql`max(x.created_at)`)}, ${ms(sql`max(x.due_at)`)}, null, null
      from chosen join learning.homework_assignments a on a.enrollment_id = chosen.id
      join learning.homework_extensions x on x.assignment_id = a.id group by a.enrollment_id, a.homework_id
    union all
    select enrollment_id, 'SUBMISSION', test_id, ${ms(sql`closed_at`)}, null, percent, ${ms(sql`closed_at`)} from learning.attempts
     where enrollment_id in (select id from chosen) and closed_at is not null and number = 1
    union all
    select enrollment_id, 'FAILED_TEST', null, ${ms(sql`closed_at`)}, null, null, null from learning.attempts
     where enrollment_id in (select id from chosen) and closed_at is not null and not passed
    union all
    select enrollment_id, 'LESSON', null, ${ms(sql`completed_at`)}, null, null, null from learning.lesson_progress
     where enrollment_id in (select id from chosen) and completed_at is not null
    union all
    select chosen.id, 'ACTIVITY', null, ${ms(sql`d.day::timestamp at time zone 'UTC'`)}, null, null, null
      from chosen join learning.activity_days d on d.student_id = chosen.student_id
    order by 4`.execute(em.getKysely());
  return rows;
}

function recordOf(enrollment: EnrollmentRow, deeds: readonly DeedRow[], now: Date): RiskRecord {
  const { id, studentId, status, enrolledAt, endedAt, cohortStart } = enrollment;
  // Whoever enrols before the cohort begins waits for it; whoever enrols after that begins then.
  const start = cohortStart && cohortStart > enrolledAt ? cohortStart : enrolledAt;
  // Activity is kept by days of UTC; everything is counted by them, so that a day's silence is a day.
  const dayOf = (at: number): number => Math.floor(at / DAY_MS) - Math.floor(start / DAY_MS);
  const daysOf = (kind: DeedRow['kind']): number[] =>
    deeds.filter((deed) => deed.kind === kind).map(({ at }) => dayOf(at));
  return {
    enrollmentId: id,
    studentId,
    status,
    today: dayOf(now.getTime()),
    history: {
      studentId,
      submissions: deeds.flatMap((deed) => submissionOf(deed, dayOf)),
      extensions: extensionsOf(deeds, dayOf),
      // Other courses may have been learned before.
      activityDays: daysOf('ACTIVITY').map((day) => Math.max(0, day)),
      lessonDays: daysOf('LESSON'),
      failedTestDays: daysOf('FAILED_TEST'),
      ...(cohortStart && { registrationDay: Math.round((enrolledAt - cohortStart) / DAY_MS) }),
      ...(endedAt && { endDay: dayOf(endedAt) }),
    },
  };
}

function submissionOf(
  { kind, assessmentId, at, dueAt, score, scoredAt }: DeedRow,
  dayOf: (at: number) => number,
): RiskSubmission[] {
  if (kind !== 'SUBMISSION' || !assessmentId) return [];
  return [
    {
      assessmentId,
      day: dayOf(at),
      ...(score !== null && scoredAt && { score, scoredDay: dayOf(scoredAt) }),
      ...(dueAt && { dueDay: dayOf(dueAt) }),
    },
  ];
}

function extensionsOf(deeds: readonly DeedRow[], dayOf: (at: number) => number): Record<string, number> {
  const extensions = deeds.filter(({ kind }) => kind === 'EXTENSION');
  return Object.fromEntries(
    extensions.flatMap(({ assessmentId, dueAt }) => (assessmentId && dueAt ? [[assessmentId, dayOf(dueAt)]] : [])),
  );
}

function ms(moment: RawBuilder<unknown>): RawBuilder<number> {
  return sql`(extract(epoch from ${moment}) * 1000)::float`;
}
