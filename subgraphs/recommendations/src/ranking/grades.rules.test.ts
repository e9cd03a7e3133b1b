import { describe, expect, it } from 'vitest';
import { type GradedOutcome, gradeOf, SUCCESS } from './grades.rules.js';

const came = (...kinds: GradedOutcome['kind'][]) => kinds.map((kind) => ({ kind, rating: null }));
const reviewed = (rating: number): GradedOutcome => ({ kind: 'REVIEWED', rating });

describe('how good a recommendation was', () => {
  it('is what the best of its outcomes says', () => {
    expect([came(), came('OPENED'), came('OPENED', 'CHOSEN'), came('BOOKED', 'OPENED')].map(gradeOf)).toEqual([
      0, 0.1, 3, 3,
    ]);
    expect(gradeOf(came('OPENED', 'REPEATED', 'BOOKED'))).toBe(4);
  });

  it('is a success from being chosen on', () => {
    expect(gradeOf(came('OPENED', 'APPLIED'))).toBeLessThan(SUCCESS);
    expect(gradeOf(came('CHOSEN'))).toBe(SUCCESS);
  });

  it('is little where the lesson was bad, unless the student came back', () => {
    expect(gradeOf([...came('BOOKED'), reviewed(2)])).toBe(0.1);
    expect(gradeOf([...came('BOOKED'), reviewed(4)])).toBe(3);
    expect(gradeOf([...came('BOOKED', 'REPEATED'), reviewed(1)])).toBe(4);
  });
});
