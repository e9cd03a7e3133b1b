import { type Card, createEmptyCard, fsrs, type Grade } from 'ts-fsrs';
import { describe, expect, it } from 'vitest';
import { type CardMemory, CardScheduler, cardRatings, elapsedDays, newMemory } from './scheduler.js';

const START = new Date('2026-03-01T09:00:00Z');
const scheduler = new CardScheduler(0.9);

describe('a schedule', () => {
  it('is that of ts-fsrs for reviews of every rating, in time, early and late', () => {
    const own = fsrs({ request_retention: 0.9, enable_fuzz: false });
    let [card, memory]: [Card, CardMemory] = [createEmptyCard(START), newMemory(START)];
    const delays = [0, 600, 0, 86_400, 3_600, 0, 40 * 86_400, 0, 0];
    const ratings = [3, 3, 3, 2, 1, 3, 4, 1, 2] as const satisfies Grade[];
    for (const [index, grade] of ratings.entries()) {
      const at = new Date(
        Math.max(card.due.getTime() - (index === 3 ? 43_200_000 : 0), START.getTime()) + (delays[index] ?? 0) * 1_000,
      );
      card = own.next(card, at, grade).card;
      memory = scheduler.review(memory, cardRatings[grade - 1] ?? 'GOOD', at);
      const { due, stability, difficulty, scheduled_days, learning_steps, reps, lapses, last_review } = card;
      expect(memory).toEqual({
        state: ['NEW', 'LEARNING', 'REVIEW', 'RELEARNING'][card.state],
        ...{ dueAt: due, stability, difficulty, lapses, reviewCount: reps, lastReviewedAt: last_review },
        ...{ scheduledDays: scheduled_days, learningStep: learning_steps },
      });
    }
    expect(memory).toMatchObject({ reviewCount: 9, lapses: 2 });
  });

  it('says before what each rating does, the same as the review then does', () => {
    const memory = scheduler.review(newMemory(START), 'EASY', START);
    const at = memory.dueAt;
    const choices = scheduler.choices(memory, at);
    expect(choices.map(({ rating }) => rating)).toEqual([...cardRatings]);
    for (const { rating, dueAt } of choices) expect(scheduler.review(memory, rating, at).dueAt).toEqual(dueAt);
    const days = choices.map(({ dueAt }) => dueAt.getTime());
    expect(days).toEqual(days.toSorted((one, other) => one - other));
  });

  it('asks more often where more is to be known', () => {
    const strict = new CardScheduler(0.97).review(newMemory(START), 'EASY', START);
    expect(strict.dueAt.getTime()).toBeLessThan(scheduler.review(newMemory(START), 'EASY', START).dueAt.getTime());
  });

  it('takes a review from a clock that is slow as one at the same moment as the last', () => {
    const memory = scheduler.review(newMemory(START), 'GOOD', START);
    const slow = new Date(START.getTime() - 5_000);
    expect(scheduler.review(memory, 'GOOD', slow)).toEqual(scheduler.review(memory, 'GOOD', START));
    expect(elapsedDays(memory, slow)).toBe(0);
  });
});
