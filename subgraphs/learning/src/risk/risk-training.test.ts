import { Random } from '@tutorgraph/kit/demo/random';
import { describe, expect, it } from 'vitest';
import { Cohort } from './cohort.js';
import { riskRow, riskView } from './risk-features.js';
import type { RiskCourse, RiskHistory } from './risk-history.js';
import { riskModelSchema, riskScore } from './risk-model.js';
import { riskReasons } from './risk-reasons.js';
import { type RiskRun, trainRiskModel } from './risk-training.js';
import { writtenModel } from './train/written-model.js';

const STUDENTS = 160;
const course: RiskCourse = {
  id: 'made up',
  lengthDays: 100,
  assessments: [10, 20, 30, 45, 60].map((dueDay, index) => ({ id: `homework ${index}`, dueDay, weight: 1 })),
};

/** Students who hand in less, later and worse the less diligent they are; the least diligent do not pass. */
function madeUpRun(): RiskRun {
  const random = new Random('risk training');
  const people = Array.from({ length: STUDENTS }, (_, index) => ({ index, diligence: random.next() }));
  return {
    course,
    group: 'made up',
    histories: people.map(({ index, diligence }) => ({
      studentId: `${index}`,
      submissions: course.assessments
        .filter(() => random.chance(0.3 + diligence))
        .map(({ id, dueDay }) => ({
          assessmentId: id,
          day: dueDay + random.integer(-4, 1) + Math.round((1 - diligence) * 5),
          score: Math.min(100, Math.round(40 + diligence * 50 + random.integer(-10, 10))),
        })),
    })),
    outcomes: people.map(({ diligence }) => Number(random.next() > diligence + 0.3)),
  };
}

const run = madeUpRun();
const model = trainRiskModel([run], { source: 'made up' });
const cohort = new Cohort(course, run.histories, 50);
const lost: RiskHistory = { studentId: 'lost', submissions: [{ assessmentId: 'homework 0', day: 14, score: 35 }] };
const thriving: RiskHistory = {
  studentId: 'thriving',
  submissions: course.assessments.map(({ id, dueDay }) => ({ assessmentId: id, day: dueDay - 4, score: 98 })),
};
const scoreOf = (history: RiskHistory) => riskScore(model, riskRow(riskView(history, cohort)));
const reasonsOf = (history: RiskHistory) => riskReasons(model, riskView(history, cohort));

describe('a risk model', () => {
  it('tells who will not pass from who will, on students it did not see', () => {
    expect(model.figures).toMatchObject({ students: STUDENTS, failed: run.outcomes.filter(Boolean).length });
    expect(model.figures.auc).toBeGreaterThan(0.65);
    expect(scoreOf(lost)).toBeGreaterThan(scoreOf(thriving) + 30);
    expect(Number.isInteger(scoreOf(lost))).toBe(true);
  });

  it('scores the same when it was written and read', () => {
    const read = riskModelSchema.parse(JSON.parse(writtenModel(model)));
    const again = riskModelSchema.parse(JSON.parse(writtenModel(read)));
    expect(again).toEqual(read);
    const rows = run.histories.map((history) => riskRow(riskView(history, cohort)));
    const differences = rows.map((row) => Math.abs(riskScore(read, row) - riskScore(model, row)));
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  });

  it('is not read when it was trained on other features', () => {
    const renamed = { ...model, boosted: { ...model.boosted, features: model.boosted.features.with(0, 'gender') } };
    expect(riskModelSchema.safeParse(renamed).success).toBe(false);
  });

  it('is the same from the same seed', () => {
    expect(trainRiskModel([run], { source: 'made up' })).toEqual(model);
  });

  it('is refused where everybody passed', () => {
    expect(() => trainRiskModel([{ ...run, outcomes: run.outcomes.map(() => 0) }], { source: 'x' })).toThrow(
      'collect more',
    );
  });
});

describe('reasons of risk', () => {
  it('are true of the student and carry the figure that shows it', () => {
    const reasons = reasonsOf(lost);
    expect(reasons.find(({ code }) => code === 'NO_HOMEWORK_SINCE')?.value).toBe(36);
    expect(reasons.map(({ code }) => code)).not.toContain('NEVER_STARTED');
    expect(reasons.every(({ weight }) => weight >= 0)).toBe(true);
    const lowScores = riskReasons(model, riskView(lost, cohort), 10).find(({ code }) => code === 'LOW_SCORES');
    expect(lowScores?.value ?? 35).toBe(35);
  });

  it('begin with never having started where nothing was done', () => {
    const [first] = reasonsOf({ studentId: 'absent', submissions: [] });
    expect(first).toMatchObject({ code: 'NEVER_STARTED', value: 50 });
  });

  it('accuse nobody who does well', () => {
    expect(reasonsOf(thriving)).toEqual([]);
  });

  it('tell of what the model was never taught about, by what the school holds for likely', () => {
    const reasons = riskReasons(model, riskView({ ...lost, activityDays: [14], failedTestDays: [45] }, cohort), 10);
    const codes = reasons.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['INACTIVE', 'FAILED_ATTEMPTS']));
    expect(reasons.find(({ code }) => code === 'INACTIVE')).toMatchObject({ value: 36, weight: 2 });
  });
});
