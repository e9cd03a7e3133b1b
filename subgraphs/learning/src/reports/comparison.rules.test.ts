import { describe, expect, it } from 'vitest';
import { compare, measure } from './comparison.rules.js';
import { DailyMetrics } from './daily-metrics.entity.js';
import { paybackDays, spend } from './profit.rules.js';

function day(change: Partial<DailyMetrics>): DailyMetrics {
  const nothing = { newStudents: 0, activeStudents: 0, learning: 0, completed: 0, dropped: 0, lessonsCompleted: 0 };
  const silent = {
    aiAnswers: 0,
    resolvedAnswers: 0,
    answerMs: null,
    handOvers: 0,
    takenMinutes: null,
    supportMinutes: 0,
  };
  return Object.assign(new DailyMetrics(), { ...nothing, ...silent, retentionPercent: null, ...change });
}

const found = (metric: string, before: DailyMetrics[], after: DailyMetrics[]) =>
  compare(before, after).find((one) => one.metric === metric);

describe('a period', () => {
  it('says nothing about what nothing happened of', () => {
    expect(new Set(Object.values(measure([])))).toEqual(new Set([null]));
    expect(measure([day({})])).toMatchObject({ RETENTION: null, AI_RESOLUTION: null, ANSWER_SECONDS: null });
  });

  it('weighs how long answers took by how many there were', () => {
    const days = [day({ aiAnswers: 3, answerMs: 1_000 }), day({ aiAnswers: 1, answerMs: 5_000 }), day({ answerMs: 9 })];
    expect(measure(days).ANSWER_SECONDS).toBe(2);
  });

  it('counts support by the week and answers by their share', () => {
    const days = [
      day({ supportMinutes: 120, aiAnswers: 8, resolvedAnswers: 6 }),
      day({ supportMinutes: 0, aiAnswers: 2 }),
    ];
    expect(measure(days)).toMatchObject({ SUPPORT_HOURS_A_WEEK: 7, AI_RESOLUTION: 60 });
  });
});

describe('two periods', () => {
  it('tell the change and whether it is better', () => {
    const [before, after] = [[day({ retentionPercent: 85 })], [day({ retentionPercent: 92 })]];
    expect(found('RETENTION', before, after)).toEqual({
      metric: 'RETENTION',
      before: 85,
      after: 92,
      changePercent: 8.2,
      isBetter: true,
    });
    const support = [[day({ supportMinutes: 514 })], [day({ supportMinutes: 129 })]] as const;
    expect(found('SUPPORT_HOURS_A_WEEK', [...support[0]], [...support[1]])).toMatchObject({ isBetter: true });
    expect(found('SUPPORT_HOURS_A_WEEK', [...support[1]], [...support[0]])).toMatchObject({ isBetter: false });
  });

  it('tell no change from nothing', () => {
    expect(found('RETENTION', [day({})], [day({ retentionPercent: 92 })])).toMatchObject({
      before: null,
      changePercent: null,
      isBetter: null,
    });
  });
});

describe('what a school costs', () => {
  const costs = { currency: 'EUR', supportHourMinor: 2_000, acquisitionMinor: 5_000, monthlyMinor: 304_375 };
  const effort = { days: 10, supportMinutes: 90, newStudents: 4, learning: 20 };

  it('is support, winning students and the rest', () => {
    expect(spend(costs, effort)).toEqual({ support: 3_000, acquisition: 20_000, running: 100_000, total: 123_000 });
  });

  it('is paid back after as many days as a student needs to earn what it cost to win them', () => {
    // 203,000 - 103,000 in 10 days by 20 students: 500 a day each.
    expect(paybackDays(costs, effort, 203_000)).toBe(10);
    expect(paybackDays(costs, effort, 103_000)).toBeNull();
    expect(paybackDays(costs, { ...effort, learning: 0 }, 203_000)).toBeNull();
  });
});
