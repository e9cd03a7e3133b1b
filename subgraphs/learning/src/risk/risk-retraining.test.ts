import { Random } from '@tutorgraph/kit/demo/random';
import { describe, expect, it } from 'vitest';
import { RISK_FEATURES } from './risk-features.js';
import type { RiskCourse } from './risk-history.js';
import type { RiskModel } from './risk-model.js';
import { type Retraining, retrainRiskModel } from './risk-retraining.js';
import { type RiskRun, trainRiskModel } from './risk-training.js';

const course: RiskCourse = {
  id: 'made up',
  lengthDays: 60,
  assessments: [5, 10, 20, 30, 40].map((dueDay, index) => ({ id: `homework ${index}`, dueDay, weight: 1 })),
};

/** Whoever hands little in leaves the course. */
function madeUpRun(students: number): RiskRun {
  const random = new Random('risk retraining');
  const diligence = Array.from({ length: students }, () => random.next());
  return {
    course,
    group: 'made up',
    histories: diligence.map((share, index) => ({
      studentId: `student ${index}`,
      submissions: course.assessments
        .filter(() => random.chance(share))
        .map(({ id, dueDay }) => ({ assessmentId: id, day: dueDay, score: 70 })),
      ...(share < 0.5 && { endDay: 50 }),
    })),
    outcomes: diligence.map((share) => (random.chance(0.05) ? undefined : Number(share < 0.5))),
  };
}

const run = madeUpRun(140);
/** It says the same of everybody. */
const guessing: RiskModel = {
  source: 'nowhere',
  figures: { students: 0, failed: 0, auc: 0.5, calibrationError: 0, precisionAtTop: 0.5 },
  calibration: { slope: 1, intercept: 0 },
  boosted: { version: 1, features: [...RISK_FEATURES], baseScore: 0, trees: [] },
};
const retrain = (change: Partial<Retraining>) =>
  retrainRiskModel({ runs: [run], running: guessing, source: 'school', leastOutcomes: 40, ...change });

describe('retraining on the school’s own outcomes', () => {
  it('waits until there are enough of either kind', () => {
    expect(retrain({ leastOutcomes: 200 })).toMatchObject({ kind: 'TOO_FEW' });
  });

  it('is better than guessing, on students who were kept aside', () => {
    const retrained = retrain({});
    expect(retrained).toMatchObject({ kind: 'TRAINED', isBetter: true, model: { source: 'school' } });
    if (retrained.kind !== 'TRAINED') return;
    const { candidate, running } = retrained.heldOut;
    expect(candidate.auc).toBeGreaterThan(0.7);
    expect(running.auc).toBe(0.5);
    expect(candidate.students).toBe(running.students);
    expect(candidate.students).toBeLessThan(retrained.model.figures.students);
  });

  it('does not replace a model that knows as much', () => {
    const running = trainRiskModel([run], { source: 'all' });
    expect(retrain({ running })).toMatchObject({ kind: 'TRAINED', isBetter: false });
  });
});
