import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedResult, hindranceOf, isOverdue, mayReview, rulesFor } from './attempt.rules.js';
import { type Candidate, drawRevisions } from './draw.js';

fc.configureGlobal({ seed: 20261121 });

const NOW = new Date('2026-11-21T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const result = (number: number, percent: number, minutes = 60) => {
  return { number, percent, passed: percent >= 70, closedAt: minutesAgo(minutes) };
};

describe('the attempt that counts', () => {
  it('is the best, of equals the first, or the last; none before the first', () => {
    const results = [result(1, 60), result(2, 80), result(3, 80), result(4, 50)];
    expect(countedResult(results, 'BEST')?.number).toBe(2);
    expect(countedResult(results.toReversed(), 'BEST')?.number).toBe(2);
    expect(countedResult(results.toReversed(), 'LAST')?.number).toBe(4);
    expect(countedResult([], 'BEST')).toBeNull();
  });

  it('is never worse for another attempt where the best counts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1 }), (percents) => {
        const results = percents.map((percent, index) => result(index + 1, percent));
        const best = countedResult(results, 'BEST')?.percent ?? 0;
        expect(best).toBe(Math.max(...percents));
        expect(countedResult(results, 'LAST')?.percent).toBe(percents.at(-1));
      }),
    );
  });
});

describe('another attempt', () => {
  const rules = { maxAttempts: 2, retakePauseMinutes: 30 };

  it('waits for the end of the pause, counted from the last end, and for nothing else', () => {
    expect(hindranceOf(rules, [], NOW)).toBeNull();
    expect(hindranceOf(rules, [result(1, 0, 29)], NOW)).toEqual({
      code: 'PAUSE_NOT_OVER',
      availableAt: new Date('2026-11-21T12:01:00Z'),
    });
    expect(hindranceOf(rules, [result(1, 0, 30)], NOW)).toBeNull();
    expect(hindranceOf(rules, [result(1, 0), result(2, 0)], NOW)).toEqual({ code: 'ATTEMPTS_USED_UP' });
    expect(hindranceOf({ ...rules, maxAttempts: null }, [result(1, 0), result(2, 0)], NOW)).toBeNull();
  });

  it('may be granted: more of them, longer ones, and one without a pause', () => {
    const test = { ...rules, timeLimitMinutes: 10 };
    const granted = rulesFor(test, { extraAttempts: 1, extraMinutes: 5, pauseWaivedAt: minutesAgo(10) });
    expect(granted).toMatchObject({ maxAttempts: 3, timeLimitMinutes: 15 });
    expect(hindranceOf(granted, [result(1, 0), result(2, 0, 20)], NOW)).toBeNull();
    expect(hindranceOf(granted, [result(1, 0), result(2, 0, 5)], NOW)).toMatchObject({ code: 'PAUSE_NOT_OVER' });
    const free = { maxAttempts: null, retakePauseMinutes: 0, timeLimitMinutes: null };
    expect(rulesFor(free, { extraAttempts: 1, extraMinutes: 5 })).toMatchObject(free);
    expect(rulesFor(test, null)).toMatchObject(test);
  });
});

describe('what is right', () => {
  it('is shown by the rule', () => {
    const shown = (review: Parameters<typeof mayReview>[0], ...results: ReturnType<typeof result>[]) =>
      mayReview(review, 2, results);
    expect(shown('NEVER', result(1, 100))).toBe(false);
    expect(shown('AFTER_SUBMISSION', result(1, 0))).toBe(true);
    expect(shown('AFTER_PASSING', result(1, 0))).toBe(false);
    expect(shown('AFTER_PASSING', result(1, 0), result(2, 0))).toBe(true);
    expect(shown('AFTER_PASSING', result(1, 70))).toBe(true);
    expect(mayReview('AFTER_PASSING', null, [result(1, 0), result(2, 0)])).toBe(false);
  });
});

describe('time', () => {
  it('is over a little after the deadline, and never for what has ended or has none', () => {
    const deadlineAt = new Date(NOW.getTime() - 15_000);
    expect(isOverdue({ status: 'RUNNING', deadlineAt }, NOW)).toBe(false);
    expect(isOverdue({ status: 'RUNNING', deadlineAt }, new Date(NOW.getTime() + 1))).toBe(true);
    expect(isOverdue({ status: 'SUBMITTED', deadlineAt: minutesAgo(60) }, NOW)).toBe(false);
    expect(isOverdue({ status: 'RUNNING', deadlineAt: null }, NOW)).toBe(false);
  });
});

describe('a draw', () => {
  const candidate = (position: number, count: number | null, id: string): Candidate => {
    return { position, count, questionId: id, revisionId: `revision of ${id}` };
  };
  const parts = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 12 }).chain((bank) =>
    fc.record({
      bank: fc.constant(bank),
      fixed: fc.subarray(bank),
      draws: fc.array(fc.record({ count: fc.integer({ min: 1, max: 5 }), from: fc.subarray(bank) }), { maxLength: 3 }),
    }),
  );
  const candidatesOf = ({ fixed, draws }: { fixed: string[]; draws: { count: number; from: string[] }[] }) => [
    ...draws.flatMap(({ count, from }, index) => from.map((id) => candidate(index + 1, count, id))),
    ...fixed.map((id, index) => candidate(index + 10, null, id)),
  ];

  it('has each fixed question, each question once, as many as are asked for and can be had, and is the same for a seed', () => {
    fc.assert(
      fc.property(parts, fc.uuid(), fc.boolean(), (made, seed, shuffles) => {
        const candidates = candidatesOf(made);
        const drawn = drawRevisions(candidates, seed, shuffles);
        expect(new Set(drawn).size).toBe(drawn.length);
        for (const id of made.fixed) expect(drawn).toContain(`revision of ${id}`);
        const most = made.draws.reduce((sum, { count }) => sum + count, made.fixed.length);
        expect(drawn.length).toBeLessThanOrEqual(most);
        const [first] = made.draws;
        const free = first?.from.filter((id) => !made.fixed.includes(id)).length ?? 0;
        expect(drawn.length).toBeGreaterThanOrEqual(made.fixed.length + Math.min(first?.count ?? 0, free));
        expect(
          drawRevisions(
            candidates.toReversed().sort((a, b) => a.position - b.position),
            seed,
            shuffles,
          ),
        ).toEqual(shuffles ? drawn : expect.arrayContaining(drawn));
      }),
    );
  });

  it('comes in the order of the parts where nothing is shuffled', () => {
    const candidates = [candidate(1, null, 'b'), candidate(2, 1, 'c'), candidate(3, null, 'a')];
    expect(drawRevisions(candidates, 'seed', false)).toEqual(['b', 'c', 'a'].map((id) => `revision of ${id}`));
  });
});
