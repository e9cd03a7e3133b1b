import type { RequiredEntityData } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RowSet } from '@tutorgraph/kit/demo/insert-rows';
import { Random } from '@tutorgraph/kit/demo/random';
import { sql } from 'kysely';
import { Intervention } from '../interventions/intervention.entity.js';
import { ClassScorer } from '../risk/class-scorer.js';
import { RiskDay, RiskScore } from '../risk/risk.entity.js';
import { type InterventionKind, levelOf, type RiskLevel, USUAL_THRESHOLDS } from '../risk/risk.rules.js';
import type { RiskModel } from '../risk/risk-model.js';
import { RiskModels } from '../risk/risk-models.js';
import { riskReasons } from '../risk/risk-reasons.js';
import { type RiskRecord, readClass } from '../risk/risk-records.js';
import { DemoIds } from './demo-ids.js';

const DAY_MS = 86_400_000;
const DAYS = 90;
/** How many of those at risk somebody did something for. */
const HELPED = 0.6;
/** After so many days another one may be due. */
const PATIENCE_DAYS = 21;

const DONE: readonly { kind: InterventionKind; note: string }[] = [
  { kind: 'MESSAGE', note: 'Wrote and asked what hinders. Too much at work; wants to go on at the weekend.' },
  { kind: 'CALL', note: 'Called. Did not know where to find the homework; we opened it together.' },
  { kind: 'CALL', note: 'Позвонила: времени хватает только по вечерам. Договорились о двух уроках в неделю.' },
  { kind: 'PLAN', note: 'Made a plan: one lesson every three days, the first homework by Sunday.' },
  { kind: 'MEETING', note: 'Met online for twenty minutes and went through the mistakes of the last test.' },
  { kind: 'MESSAGE', note: 'Написала в чат группы и лично: напомнила, что осталось до сертификата.' },
];

interface Rows {
  scores: RequiredEntityData<RiskScore>[];
  days: RequiredEntityData<RiskDay>[];
  interventions: RequiredEntityData<Intervention>[];
}

/** How much at risk everybody was on each of the last ninety days, as the room's own model says, and what was done. */
export function riskRows(seed: number, now: Date): RowSet {
  return {
    count: 1,
    insert: async (tx) => {
      const rows: Rows = { scores: [], days: [], interventions: [] };
      const model = await new RiskModels().shipped();
      const curators = await curatorsOf(tx);
      const story = new RiskStory(rows, seed, now, curators);
      for (const versionId of new Set([...curators.values()].map(({ versionId }) => versionId))) {
        const all = await readClass(tx, versionId, now);
        if (!all) continue;
        const scorer = new ClassScorer(all, model);
        for (const record of all.records) story.tell(record, scorer, model);
      }
      await tx.insertMany(RiskDay, rows.days);
      await tx.insertMany(RiskScore, rows.scores);
      if (rows.interventions.length > 0) await tx.insertMany(Intervention, rows.interventions);
      await alignStatuses(tx);
    },
  };
}

class RiskStory {
  private readonly ids: DemoIds;

  constructor(
    private readonly rows: Rows,
    private readonly seed: number,
    private readonly now: Date,
    private readonly curators: ReadonlyMap<string, { curatorId: string | null }>,
  ) {
    this.ids = new DemoIds(seed);
  }

  tell(record: RiskRecord, scorer: ClassScorer, model: RiskModel): void {
    const { enrollmentId, studentId, today, status, history } = record;
    const random = new Random('risk', this.seed, enrollmentId);
    const last = Math.min(today, (history.endDay ?? Number.POSITIVE_INFINITY) - 1);
    let level: RiskLevel | null = null;
    let helpedOn = Number.NEGATIVE_INFINITY;
    for (let day = Math.max(0, today - DAYS); day <= last; day++) {
      const { score, view } = scorer.score(record, day);
      level = levelOf(score, level, USUAL_THRESHOLDS);
      const at = new Date(this.now.getTime() - (today - day) * DAY_MS);
      this.rows.days.push({ enrollmentId, day: at.toISOString().slice(0, 10), score, level });
      if (level === 'AT_RISK' && day - helpedOn > PATIENCE_DAYS) {
        helpedOn = day;
        if (random.chance(HELPED)) this.help(record, at, score, random);
      }
      if (day === today && status === 'ACTIVE') {
        const reasons = level === 'LOW' ? [] : riskReasons(model, view);
        const alarmedAt = level === 'AT_RISK' ? this.now : null;
        this.rows.scores.push({
          enrollmentId,
          studentId,
          score,
          level,
          reasons,
          modelId: null,
          scoredAt: this.now,
          alarmedAt,
        });
      }
    }
  }

  private help({ enrollmentId, studentId }: RiskRecord, at: Date, scoreBefore: number, random: Random): void {
    const doneBy = this.curators.get(enrollmentId)?.curatorId ?? null;
    const id = this.ids.next('intervention');
    this.rows.interventions.push({
      id,
      enrollmentId,
      studentId,
      ...random.pick(DONE),
      doneBy,
      doneAt: at,
      scoreBefore,
    });
  }
}

/** Of every enrolment, what is learned and with whom. */
async function curatorsOf(tx: EntityManager): Promise<Map<string, { versionId: string; curatorId: string | null }>> {
  const { rows } = await sql<{ id: string; versionId: string; curatorId: string | null }>`
    select e.id, e.version_id as "versionId", c.curator_id as "curatorId"
      from learning.enrollments e left join learning.cohorts c on c.id = e.cohort_id order by e.id`.execute(
    tx.getKysely(),
  );
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

/** By the same rule as the room's; without telling anybody. */
async function alignStatuses(tx: EntityManager): Promise<void> {
  await sql`
    update learning.students s set status = case when exists (select from learning.risk_scores r
        where r.student_id = s.id and r.level = 'AT_RISK') then 'AT_RISK' else 'ACTIVE' end
     where s.status in ('ACTIVE', 'AT_RISK')`.execute(tx.getKysely());
}
