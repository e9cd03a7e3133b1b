import { Random } from '@tutorgraph/kit/demo/random';
import { describe, expect, it } from 'vitest';
import { contentOf, newQuestion } from '../questions/question.rules.js';
import { demoAttempts, type TriedTest } from './demo-attempts.js';

const QUESTIONS = [
  { kind: 'SINGLE', options: ['right', 'wrong', 'wrong too'].map((text, index) => ({ text, isRight: index === 0 })) },
  { kind: 'MULTIPLE', options: ['a', 'b', 'c'].map((text, index) => ({ text, isRight: index < 2 })) },
  { kind: 'SHORT_TEXT', accepted: ['yes'] },
  { kind: 'ORDER', items: ['one', 'two', 'three'] },
  {
    kind: 'MATCH',
    pairs: [
      { prompt: 'cat', choice: 'animal' },
      { prompt: 'oak', choice: 'tree' },
    ],
  },
  { kind: 'GAP', gapText: 'I {{am}} here {{now}}.' },
] as const;

const test: TriedTest = {
  ...{ id: 'test', passingPercent: 70, timeLimitMinutes: 20, maxAttempts: 3, retakePauseMinutes: 60 },
  questions: QUESTIONS.map((question, index) => {
    const read = newQuestion.parse({ prompt: 'What?', ...question });
    return { revisionId: `revision-${index}`, points: 1, content: contentOf(read, counter()) };
  }),
};

function counter(): (kind?: string) => string {
  let count = 0;
  return (kind = 'choice') => `${kind}-${count++}`;
}

const from = new Date('2026-10-01T10:00:00Z');
const until = new Date('2026-11-21T10:00:00Z');
const story = (skill: number, seed: number, end = until) =>
  demoAttempts({ test, enrollmentId: 'enrollment', from, until: end, skill }, new Random('attempts', seed), counter());
const stories = (skill: number) => Array.from({ length: 60 }, (_, seed) => story(skill, seed));

describe('attempts of the demo', () => {
  it('are the same for the same seed', () => {
    expect(story(0.6, 7)).toEqual(story(0.6, 7));
  });

  it('keep to the rules of the test: numbers, pauses, deadlines, and none after one has passed', () => {
    for (const { attempts, questions, passedAt } of [...stories(0.4), ...stories(0.7)]) {
      expect(attempts.map(({ number }) => number)).toEqual(attempts.map((_, index) => index + 1));
      expect(attempts.length).toBeLessThanOrEqual(3);
      expect(questions).toHaveLength(attempts.length * QUESTIONS.length);
      for (const [index, { startedAt, closedAt, deadlineAt, passed }] of attempts.entries()) {
        expect(passed && index < attempts.length - 1).toBe(false);
        expect(Number(closedAt)).toBeLessThanOrEqual(Number(deadlineAt));
        const before = attempts[index - 1]?.closedAt;
        if (before) expect(Number(startedAt) - Number(before)).toBeGreaterThanOrEqual(60 * 60_000);
      }
      expect(passedAt).toEqual(attempts.find(({ passed }) => passed)?.closedAt ?? null);
    }
  });

  it('are passed by who knows all, by some of the others, and by nobody who knows nothing', () => {
    const passed = (skill: number) => stories(skill).filter(({ passedAt }) => passedAt).length;
    expect(passed(1)).toBe(60);
    expect(passed(0.7)).toBeGreaterThan(20);
    expect(passed(0.7)).toBeGreaterThan(passed(0.4));
    expect(passed(0)).toBeLessThan(5);
    expect(
      stories(0.4)
        .flatMap(({ attempts }) => attempts)
        .filter(({ status }) => status === 'EXPIRED'),
    ).not.toEqual([]);
  });

  it('end with the story', () => {
    const end = new Date('2026-10-01T10:01:00Z');
    expect(story(1, 1, end)).toEqual({ attempts: [], questions: [], passedAt: null });
  });
});
