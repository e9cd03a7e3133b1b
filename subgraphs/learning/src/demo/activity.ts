import type { RequiredEntityData } from '@mikro-orm/core';
import type { Random } from '@tutorgraph/kit/demo/random';
import type { ActivityDay } from '../students/activity-day.entity.js';

type Counts = Pick<ActivityDay, 'lessons' | 'tests' | 'homework' | 'cards' | 'questions'>;

/** What one student of the demo did, day by day. */
export class DemoActivity {
  private readonly days = new Map<string, Counts>();
  private last: Date | null = null;

  note(kind: keyof Counts, at: Date): void {
    const day = at.toISOString().slice(0, 10);
    const counts = this.days.get(day) ?? { lessons: 0, tests: 0, homework: 0, cards: 0, questions: 0 };
    counts[kind] += 1;
    this.days.set(day, counts);
    if (!this.last || at > this.last) this.last = at;
  }

  /** When they last did something. */
  get lastAt(): Date | null {
    return this.last;
  }

  /** Rows of all days; who learns well also reviews cards and asks questions on some of them. */
  rows(studentId: string, random: Random, eagerness: number): RequiredEntityData<ActivityDay>[] {
    return [...this.days].map(([day, counts]) => {
      if (random.chance(eagerness * 0.5)) counts.cards += random.integer(5, 25);
      if (random.chance(eagerness * 0.15)) counts.questions += random.integer(1, 3);
      return { studentId, day, ...counts };
    });
  }
}
