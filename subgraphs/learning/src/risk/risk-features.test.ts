import { describe, expect, it } from 'vitest';
import { Cohort } from './cohort.js';
import { RISK_FEATURES, type RiskFeatureName, riskRow, riskView } from './risk-features.js';
import type { RiskCourse, RiskHistory, RiskSubmission } from './risk-history.js';

const course: RiskCourse = {
  id: 'course',
  lengthDays: 100,
  assessments: [
    { id: 'first', dueDay: 10, weight: 1 },
    { id: 'second', dueDay: 20, weight: 1 },
    { id: 'third', dueDay: 40, weight: 1 },
  ],
};

/** Twenty who hand everything in, on the due day or before, with scores from 60 on. */
const peers: RiskHistory[] = Array.from({ length: 20 }, (_, index) => ({
  studentId: `peer ${index}`,
  registrationDay: -index,
  lessonDays: [1, 5, 15],
  submissions: course.assessments.map(({ id, dueDay }) => ({
    assessmentId: id,
    day: dueDay - (index % 5),
    score: 60 + index,
  })),
}));

function features(student: Partial<RiskHistory>, day: number): Record<RiskFeatureName, number> {
  const history: RiskHistory = { studentId: 'student', submissions: [], ...student };
  const row = riskRow(riskView(history, new Cohort(course, [...peers, history], day)));
  return Object.fromEntries(RISK_FEATURES.map((name, index) => [name, row[index]])) as Record<RiskFeatureName, number>;
}

const handedIn = (assessmentId: string, day: number, more: Partial<RiskSubmission> = {}): RiskSubmission => ({
  assessmentId,
  day,
  ...more,
});

describe('features of risk', () => {
  it('know nothing that came after the day', () => {
    const before = { submissions: [handedIn('first', 9, { score: 70 })], activityDays: [9], failedTestDays: [8] };
    const after = {
      submissions: [...before.submissions, handedIn('second', 26, { score: 0 }), handedIn('third', 30, { score: 100 })],
      activityDays: [9, 26, 30],
      failedTestDays: [8, 27],
      lessonDays: undefined,
    };
    // Also of the others: their third assessment comes after the day.
    expect(features(after, 25)).toEqual(features(before, 25));
    expect(features(after, 40)).not.toEqual(features(before, 40));
  });

  it('know a score from the day on which it was given', () => {
    const graded = { submissions: [handedIn('first', 9, { score: 0, scoredDay: 14 })] };
    expect(features(graded, 13).meanRank).toBeNaN();
    expect(features(graded, 14).meanRank).toBeLessThan(0.05);
  });

  it('rank a student among the others of the course', () => {
    const weak = features(
      { submissions: [handedIn('first', 12, { score: 30 }), handedIn('second', 20, { score: 45 })] },
      25,
    );
    const strong = features(
      { submissions: [handedIn('first', 2, { score: 99 }), handedIn('second', 9, { score: 99 })] },
      25,
    );
    expect(weak.standing).toBeLessThan(0.1);
    expect(strong.standing).toBeGreaterThan(0.9);
    expect(weak.delayRank).toBeGreaterThan(strong.delayRank);
    expect(weak.lateDays).toBe(1);
    expect(strong.lateDays).toBe(0);
  });

  it('count what is missed while the others went on', () => {
    const lost = features({ submissions: [handedIn('first', 10, { score: 80 })] }, 45);
    expect(lost.missedInARow).toBe(2);
    expect(lost.missedAgainstPeers).toBeGreaterThan(0.9);
    expect(lost.submittedAgainstPeers).toBeLessThan(-0.5);
  });

  it('expect of the next result what those before it tell', () => {
    const of = (...submissions: RiskSubmission[]) => features({ submissions }, 25).expectedResult;
    const good = of(handedIn('first', 6, { score: 78 }), handedIn('second', 16, { score: 78 }));
    expect(good).toBeGreaterThan(of(handedIn('first', 6, { score: 65 }), handedIn('second', 16, { score: 65 })));
    expect(good).toBeGreaterThan(of(handedIn('first', 14, { score: 78 }), handedIn('second', 24, { score: 78 })));
    // Not even the lowest score is worse than none.
    const poor = of(handedIn('first', 14, { score: 0 }), handedIn('second', 24, { score: 0 }));
    expect(poor).toBeGreaterThan(of(handedIn('first', 14, { score: 0 })));
    expect(of()).toBeLessThan(of(handedIn('first', 14, { score: 0 })));
  });

  it('expect nothing before something was due, and the usual of what nobody has scored', () => {
    expect(features({ submissions: [handedIn('first', 5, { score: 20 })] }, 8).expectedResult).toBeNaN();
    const unscored = features({ submissions: [handedIn('first', 8), handedIn('second', 18)] }, 25).expectedResult;
    expect(Math.abs(unscored)).toBeLessThan(0.1);
  });

  it('see who is behind the others although nothing is due', () => {
    expect(features({}, 8).ahead).toBeLessThan(0);
    expect(features({ submissions: [handedIn('first', 5)] }, 8).ahead).toBeGreaterThan(0);
    expect(features({}, 8).standing).toBeNaN();
  });

  it('are missing where a school does not record them, not 0', () => {
    const bare = features({}, 25);
    for (const name of ['daysInactive', 'recentActivity', 'lessonRank', 'failedTests', 'previousAttempts'] as const) {
      expect(bare[name]).toBeNaN();
    }
    const recorded = features(
      { activityDays: [0, 3, 20], lessonDays: [3], failedTestDays: [20, 20], previousAttempts: 1 },
      25,
    );
    expect(recorded.daysInactive).toBe(5);
    expect(recorded.recentActivity).toBeCloseTo(1 / 14);
    expect(recorded.lessonRank).toBeLessThan(0.1);
    expect(recorded.failedTests).toBe(2);
  });

  it('do not take luck among three students for a rank', () => {
    const history: RiskHistory = { studentId: 'a', submissions: [handedIn('first', 10, { score: 80 })] };
    const alone = riskRow(riskView(history, new Cohort(course, [history], 12)));
    const rank = alone[RISK_FEATURES.indexOf('meanRank')];
    // A score of 80 is a usual one.
    expect(rank).toBeGreaterThan(0.4);
    expect(rank).toBeLessThan(0.6);
  });
});
