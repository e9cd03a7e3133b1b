import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { studentAtRisk } from '../events.js';
import { lockStudents } from '../students/student.repository.js';
import { refreshStudentStatus } from '../students/student-status.js';
import { ClassScorer } from './class-scorer.js';
import { findThresholds } from './risk.repository.js';
import { isAlarming, levelOf, type RiskLevel, type Thresholds } from './risk.rules.js';
import type { RiskModels, RunningModel } from './risk-models.js';
import { type RiskReason, riskReasons } from './risk-reasons.js';
import { type RiskClass, type RiskRecord, readClass } from './risk-records.js';

/** What a record says now. */
interface Scored {
  record: RiskRecord;
  score: number;
  reasons: readonly RiskReason[];
}

interface Standing {
  enrollmentId: string;
  userId: string | null;
  courseId: string;
  cohortId: string | null;
  level: RiskLevel | null;
  /** In PostgreSQL's words. */
  alarmedAt: string | null;
}

const IN_ONE_TRANSACTION = 50;
/** After so many students others get a turn. */
const IN_ONE_TURN = 10;

/** Scores students, and tells of those who have come to be at risk. */
export class RiskScoring {
  constructor(
    private readonly em: EntityManager,
    private readonly models: RiskModels,
  ) {}

  /**
   * Scores who learns a version of a course now; the same again changes nothing.
   *
   * @param only these enrolments; all without it
   */
  async score(versionId: string, now: Date, only?: ReadonlySet<string>): Promise<void> {
    const em = this.em.fork();
    const found = await readClass(em, versionId, now);
    if (!found) return;
    const [running, thresholds] = [await this.models.running(em), await findThresholds(em)];
    const wanted = found.records.filter(
      ({ enrollmentId, status }) => status === 'ACTIVE' && (!only || only.has(enrollmentId)),
    );
    const scored = await scoreRecords(found, wanted, running, thresholds);
    for (let start = 0; start < scored.length; start += IN_ONE_TRANSACTION) {
      const batch = scored.slice(start, start + IN_ONE_TRANSACTION);
      await transaction(this.em.fork(), (tx) => save(tx, batch, { modelId: running.id, thresholds, now }));
    }
  }

  /** Forgets the risk of enrolments that do not go on; what it was on which day stays. */
  async forget(enrollmentIds: readonly string[]): Promise<void> {
    await sql`
      delete from learning.risk_scores r using learning.enrollments e
       where e.id = r.enrollment_id and e.status <> 'ACTIVE' and e.id = any (${[...enrollmentIds]}::uuid[])`.execute(
      this.em.fork().getKysely(),
    );
  }
}

async function scoreRecords(
  all: RiskClass,
  wanted: readonly RiskRecord[],
  { model }: RunningModel,
  { watchFrom }: Thresholds,
): Promise<Scored[]> {
  const scorer = new ClassScorer(all, model);
  const scored: Scored[] = [];
  for (const [index, record] of wanted.entries()) {
    if (index % IN_ONE_TURN === 0) await nextTurn();
    const { score, view } = scorer.score(record, record.today);
    scored.push({ record, score, reasons: score < watchFrom ? [] : riskReasons(model, view) });
  }
  return scored;
}

async function save(
  tx: EntityManager,
  batch: readonly Scored[],
  { modelId, thresholds, now }: { modelId: string | null; thresholds: Thresholds; now: Date },
): Promise<void> {
  const studentIds = batch.map(({ record }) => record.studentId);
  await lockStudents(tx, studentIds);
  const standings = await lockStandings(
    tx,
    batch.map(({ record }) => record.enrollmentId),
  );
  const rows = batch.flatMap(({ record, score, reasons }) => {
    const standing = standings.get(record.enrollmentId);
    if (!standing) return [];
    const level = levelOf(score, standing.level, thresholds);
    const isAlarm = isAlarming(
      { before: standing.level, level },
      standing.alarmedAt === null ? null : new Date(standing.alarmedAt),
      now,
      thresholds,
    );
    return [{ ...standing, studentId: record.studentId, score, level, reasons, before: standing.level, isAlarm }];
  });
  await write(tx, rows, modelId, now);
  for (const { isAlarm, studentId, userId, courseId, cohortId, score } of rows) {
    if (!isAlarm) continue;
    recordEvent(
      tx,
      studentAtRisk.create({ subject: studentId, data: { studentId, userId, courseId, cohortId, score } }),
    );
  }
  const moved = rows.filter(({ before, level }) => (before === 'AT_RISK') !== (level === 'AT_RISK'));
  if (moved.length > 0)
    await refreshStudentStatus(
      tx,
      moved.map(({ studentId }) => studentId),
      now,
    );
}

/** Enrolments that go on still, and what was known of their risk; nobody else scores their students now. */
async function lockStandings(tx: EntityManager, enrollmentIds: readonly string[]): Promise<Map<string, Standing>> {
  const { rows } = await sql<Standing>`
    select e.id as "enrollmentId", s.user_id as "userId", e.course_id as "courseId", e.cohort_id as "cohortId", r.level,
        r.alarmed_at as "alarmedAt"
      from learning.enrollments e join learning.students s on s.id = e.student_id
      left join learning.risk_scores r on r.enrollment_id = e.id
     where e.id = any (${[...enrollmentIds]}::uuid[]) and e.status = 'ACTIVE'`.execute(tx.getKysely());
  return new Map(rows.map((row) => [row.enrollmentId, row]));
}

async function write(
  tx: EntityManager,
  rows: readonly { enrollmentId: string; studentId: string; score: number; level: RiskLevel; isAlarm: boolean }[],
  modelId: string | null,
  now: Date,
): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given
    ("enrollmentId" uuid, "studentId" uuid, score integer, level text, reasons jsonb, "isAlarm" boolean)`;
  await sql`
    insert into learning.risk_scores (enrollment_id, student_id, score, level, reasons, model_id, scored_at, alarmed_at)
    select "enrollmentId", "studentId", score, level, reasons, ${modelId}::uuid, ${now}::timestamptz,
        case when "isAlarm" then ${now}::timestamptz end from ${given}
    on conflict (enrollment_id) do update set score = excluded.score, level = excluded.level, reasons = excluded.reasons,
      model_id = excluded.model_id, scored_at = excluded.scored_at,
      alarmed_at = coalesce(excluded.alarmed_at, risk_scores.alarmed_at)`.execute(tx.getKysely());
  await sql`
    insert into learning.risk_days (enrollment_id, day, score, level)
    select "enrollmentId", (${now}::timestamptz at time zone 'UTC')::date, score, level from ${given}
    on conflict (enrollment_id, day) do update set score = excluded.score, level = excluded.level`.execute(
    tx.getKysely(),
  );
}
