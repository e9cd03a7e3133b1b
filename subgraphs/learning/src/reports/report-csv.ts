import { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import { stringify } from 'csv-stringify';
import { sql } from 'kysely';
import { type Days, findDays } from './daily-metrics.repository.js';
import { findRetention } from './retention.repository.js';

/** What is exported. */
export const reportKinds = ['STUDENTS', 'DAILY_METRICS', 'RETENTION'] as const;
/** @see reportKinds */
export type ReportKind = (typeof reportKinds)[number];

type Row = Readonly<Record<string, string | number | null | undefined>>;
const BATCH = 1_000;

const COLUMNS: Readonly<Record<ReportKind, readonly string[]>> = {
  STUDENTS: [
    'student_id',
    'name',
    'external_id',
    'status',
    'last_active_at',
    'course',
    'cohort',
    'enrollment_status',
    'percent',
    'enrolled_at',
    'completed_at',
  ],
  DAILY_METRICS: [
    'day',
    'students',
    'newStudents',
    'activeStudents',
    'learning',
    'atRisk',
    'started',
    'completed',
    'dropped',
    'lessonsCompleted',
    'homeworkSubmitted',
    'homeworkReviewed',
    'aiAnswers',
    'resolvedAnswers',
    'answerMs',
    'handOvers',
    'takenMinutes',
    'supportMinutes',
    'retentionPercent',
  ],
  RETENTION: ['month', 'students', 'months_since', 'retained', 'completed', 'dropped'],
};

/** Writes a report as CSV, some rows at a time; no cell is a formula to a spreadsheet. */
export function reportCsv(em: EntityManager, kind: ReportKind, days: Days, at: Date): Readable {
  const csv = stringify({
    header: true,
    columns: [...COLUMNS[kind]],
    escape_formulas: true,
    record_delimiter: 'windows',
  });
  const rows = Readable.from(rowsOf(em, kind, days, at));
  rows.on('error', (error) => csv.destroy(error));
  csv.on('close', () => rows.destroy());
  return rows.pipe(csv);
}

async function* rowsOf(em: EntityManager, kind: ReportKind, days: Days, at: Date): AsyncGenerator<Row> {
  if (kind === 'STUDENTS') return yield* students(em);
  if (kind === 'DAILY_METRICS') return yield* (await findDays(em, days)).map((day) => ({ ...day }) as unknown as Row);
  const [from, to] = [`${days.from.slice(0, 7)}-01`, `${days.to.slice(0, 7)}-01`];
  for (const { month, students: count, retained, completed, dropped } of await findRetention(em, {
    from,
    to,
    courseId: null,
    at,
  })) {
    for (const [since, stayed] of retained.entries()) {
      yield { month, students: count, months_since: since, retained: stayed, completed, dropped };
    }
  }
}

async function* students(em: EntityManager): AsyncGenerator<Row> {
  for (let last: { student_id: string; course_id: string } | undefined; ; ) {
    const beyond = last
      ? sql`(s.id, coalesce(e.course_id, '00000000-0000-0000-0000-000000000000'::uuid)) > (${last.student_id}::uuid, ${last.course_id}::uuid)`
      : sql`true`;
    const { rows } = await sql<Row & { student_id: string; course_id: string }>`
      select s.id as student_id, s.name, s.external_id, s.status, ${utc('s.last_active_at')} as last_active_at, coalesce(e.course_id, '00000000-0000-0000-0000-000000000000'::uuid) as course_id,
        c.title as course, h.title as cohort, e.status as enrollment_status, e.percent, ${utc('e.enrolled_at')} as enrolled_at,
        ${utc('e.completed_at')} as completed_at
      from learning.students s
        left join learning.enrollments e on e.student_id = s.id
        left join learning.courses c on c.id = e.course_id
        left join learning.cohorts h on h.id = e.cohort_id
      where ${beyond}
      order by s.id, coalesce(e.course_id, '00000000-0000-0000-0000-000000000000'::uuid) limit ${BATCH}`.execute(
      em.getKysely(),
    );
    yield* rows;
    last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
  }
}

function utc(column: string) {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}
