import type { RequiredEntityData } from '@mikro-orm/core';
import type { Random } from '@tutorgraph/kit/demo/random';
import type { Attempt, AttemptQuestion } from '../attempts/attempt.entity.js';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import type { LessonProgress } from '../progress/lesson-progress.entity.js';
import type { DemoActivity } from './activity.js';
import type { DemoCourse, DemoLesson, DemoTest } from './courses.js';
import { demoAttempts } from './demo-attempts.js';
import type { DemoIds } from './demo-ids.js';
import { HandIn, type HomeworkRows } from './hand-in.js';
import type { Habit } from './learners.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** People give a course up some days after they stopped. */
const DROPPED_AFTER_DAYS = 12;

/** Rows of what learners did, table by table. */
export interface JourneyRows extends HomeworkRows {
  enrollments: RequiredEntityData<Enrollment>[];
  progress: RequiredEntityData<LessonProgress>[];
  attempts: RequiredEntityData<Attempt>[];
  attemptQuestions: RequiredEntityData<AttemptQuestion>[];
}

/** Somebody in a course. */
export interface Traveller {
  studentId: string;
  habit: Habit;
  cohortId: string;
  curatorId: string;
  source: Enrollment['source'];
  enrolledAt: Date;
  now: Date;
}

/** One student's way through one course, from the day when they enrolled. */
export class Journey {
  private readonly enrollmentId: string;
  private readonly until: Date;

  constructor(
    private readonly rows: JourneyRows,
    private readonly ids: DemoIds,
    private readonly random: Random,
    private readonly activity: DemoActivity,
    private readonly who: Traveller,
  ) {
    this.enrollmentId = ids.next('enrollment');
    this.until = stopsAt(who, random);
  }

  /** @returns how they stand in the course */
  run({ id: courseId, versionId, lessons }: DemoCourse): Enrollment['status'] {
    const { studentId, habit, cohortId, source, enrolledAt, now } = this.who;
    const enrollment: RequiredEntityData<Enrollment> & Pick<Enrollment, 'status'> = {
      ...{ id: this.enrollmentId, studentId, courseId, versionId, cohortId, status: 'ACTIVE', source, paymentId: null },
      ...{ percent: 0, enrolledAt, startedAt: null, completedAt: null, droppedAt: null, updatedAt: enrolledAt },
    };
    this.rows.enrollments.push(enrollment);
    const taken = this.walk(lessons);
    const required = lessons.filter(({ isOptional }) => !isOptional);
    const done = required.filter(({ id }) => taken.get(id)?.completedAt);
    const last = [...taken.values()].flatMap(({ startedAt, completedAt }) => [startedAt, completedAt ?? startedAt]);
    const lastAt = last.reduce((latest, at) => (at > latest ? at : latest), enrolledAt);
    const startedAt = last[0] ?? null;
    Object.assign(enrollment, {
      percent: Math.floor((done.length * 100) / required.length),
      startedAt,
      updatedAt: lastAt,
    });
    const leftAt = new Date(lastAt.getTime() + DROPPED_AFTER_DAYS * DAY_MS);
    if (done.length === required.length) Object.assign(enrollment, { status: 'COMPLETED', completedAt: lastAt });
    else if (habit.name === 'leaver' && leftAt <= now) {
      Object.assign(enrollment, { status: 'DROPPED', droppedAt: leftAt, updatedAt: leftAt });
    }
    return enrollment.status;
  }

  private walk(lessons: readonly DemoLesson[]): Map<string, { startedAt: Date; completedAt: Date | null }> {
    const taken = new Map<string, { startedAt: Date; completedAt: Date | null }>();
    let at = this.who.enrolledAt;
    for (const lesson of lessons) {
      if (lesson.isOptional && this.random.chance(0.5)) continue;
      const startedAt = this.later(at, this.who.habit.pace);
      if (startedAt > this.until) break;
      this.activity.note('lessons', startedAt);
      const completedAt = this.take(lesson, startedAt);
      const status = completedAt ? 'COMPLETED' : 'IN_PROGRESS';
      this.rows.progress.push({ enrollmentId: this.enrollmentId, lessonId: lesson.id, status, startedAt, completedAt });
      taken.set(lesson.id, { startedAt, completedAt });
      if (!completedAt) break;
      this.activity.note('lessons', completedAt);
      at = completedAt;
    }
    return taken;
  }

  /** @returns when the lesson is completed; null while it is not */
  private take({ minutes, test, homework }: DemoLesson, startedAt: Date): Date | null {
    const { studentId, curatorId, habit, now } = this.who;
    const ends: (Date | null)[] = [new Date(startedAt.getTime() + minutes * (0.9 + this.random.next()) * MINUTE_MS)];
    if (test) ends.push(this.sit(test, startedAt));
    if (homework) {
      const owner = { enrollmentId: this.enrollmentId, studentId, curatorId, habit, until: this.until, now };
      const { submittedAt, acceptedAt } = new HandIn(this.rows, this.ids, this.random, owner).run(homework, startedAt);
      for (const at of submittedAt) this.activity.note('homework', at);
      if (homework.isRequired) ends.push(acceptedAt);
    }
    const last = ends.reduce((latest, end) => (latest && end ? (end > latest ? end : latest) : null));
    return last && last <= now ? last : null;
  }

  /** @returns when the test was passed; null when it was not */
  private sit(test: DemoTest, startedAt: Date): Date | null {
    const { enrollmentId, until, random } = this;
    const from = new Date(startedAt.getTime() + 3 * MINUTE_MS);
    const sitting = { test, enrollmentId, from, until, skill: this.who.habit.skill };
    const { attempts, questions, passedAt } = demoAttempts(sitting, random, (kind) => this.ids.next(kind));
    this.rows.attempts.push(...attempts);
    this.rows.attemptQuestions.push(...questions);
    for (const { closedAt } of attempts) this.activity.note('tests', closedAt);
    return passedAt;
  }

  /** Some days later, at an hour when people are awake. */
  private later(at: Date, days: number): Date {
    const later = new Date(at.getTime() + this.random.logNormal(days, 0.5) * DAY_MS);
    const awake = new Date(later);
    awake.setUTCHours(this.random.integer(5, 19), this.random.integer(0, 59));
    return awake > at ? awake : later;
  }
}

/** From when on nothing is heard of them. */
function stopsAt({ habit, enrolledAt, now }: Traveller, random: Random): Date {
  const { silentDays, givesUpAfter } = habit;
  const bounds = [
    now.getTime(),
    ...(silentDays ? [now.getTime() - random.integer(...silentDays) * DAY_MS] : []),
    ...(givesUpAfter ? [enrolledAt.getTime() + random.integer(...givesUpAfter) * DAY_MS] : []),
  ];
  return new Date(Math.min(...bounds));
}
