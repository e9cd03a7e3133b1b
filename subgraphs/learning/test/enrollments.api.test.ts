import { newId } from '@tutorgraph/kit/database/id';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Homework } from '../src/homework/homework.entity.js';
import { Test } from '../src/tests/test.entity.js';
import { Learning, NOBODY } from './learning-fixtures.js';

const ENROLLMENT =
  'enrollment { id status source percent versionNumber startedAt student { id status source user { id } } cohort { id } course { id } }';
const LEARNED =
  'enrollment { status percent currentLesson { id } } lesson { id } progress { status startedAt completedAt lockedBy }';

let learning: Learning;
let admin: TestPerson;
beforeAll(async () => {
  learning = await Learning.open();
  admin = await learning.graph.person('ADMIN');
});
afterAll(() => learning?.close());

const enroll = (person: TestPerson, input: object) => learning.mutate('enroll', input, person, ENROLLMENT);
const outcome = async (field: string, input: object, person = admin, selection = ENROLLMENT) =>
  (await learning.mutate(field, input, person, selection)).refused;
const made = async (field: string, input: object, person: TestPerson) => {
  const { payload, refused, codes } = await learning.mutate(field, input, person, ENROLLMENT);
  if (!payload?.['enrollment']) throw new Error(`${field}: ${JSON.stringify([refused, codes])}`);
  return payload['enrollment'] as { id: string; status: string; student: { id: string } };
};
const members = async (cohortId: string) =>
  (
    await learning.sql<{ count: number }>('select member_count as count from learning.cohorts where id = ?', [cohortId])
  )[0]?.count;

describe('enrolling', () => {
  it('makes somebody a student and keeps the version that is published then', async () => {
    const course = await learning.course();
    const { cohortId } = await learning.cohort(course.courseId);
    const person = await learning.graph.person('STUDENT');
    const enrollment = await made('enroll', { courseId: course.courseId, cohortId }, person);
    expect(enrollment).toMatchObject({
      ...{ status: 'ACTIVE', source: 'SELF', percent: 0, versionNumber: 1, startedAt: null },
      student: { status: 'ACTIVE', source: 'SELF', user: { id: person.userId } },
      ...{ cohort: { id: cohortId }, course: { id: course.courseId } },
    });
    const studentId = enrollment.student.id;
    expect(await learning.told(studentId)).toEqual(['student.added', 'enrollment.started']);
    expect(await members(cohortId)).toBe(1);
    await learning.sql(`update learning.course_versions set status = 'RETIRED' where id = ?`, [course.versionId]);
    await learning.version({ courseId: course.courseId, number: 2, status: 'PUBLISHED' });
    const mine = '{ myEnrollments { edges { node { versionNumber modules { lessons { lesson { id } } } } } } }';
    const { edges } = await learning.ask<{ edges: { node: Record<string, unknown> }[] }>(mine, {}, person);
    expect(edges[0]?.node['versionNumber']).toBe(1);
    expect(JSON.stringify(edges)).toContain(course.lessonIds[3]);
    expect(await outcome('enroll', { courseId: course.courseId }, person)).toEqual(['ALREADY_ENROLLED']);
  });

  it('once for a key, also with another cohort of nobody’s course refused', async () => {
    const { courseId } = await learning.course();
    const person = await learning.graph.person('STUDENT');
    const input = { courseId, idempotencyKey: 'enrol-1' };
    const [first, second] = [await enroll(person, input), await enroll(person, input)];
    expect(second.payload).toEqual(first.payload);
    const { cohortId } = await learning.cohort((await learning.course()).courseId);
    expect(await outcome('enroll', { courseId, cohortId }, await learning.graph.person('STUDENT'))).toEqual([
      'NOT_FOUND',
    ]);
    expect(await outcome('enroll', { courseId, cohortId: NOBODY, idempotencyKey: 'enrol-1' }, person)).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ]);
  });

  it('is refused where one cannot enrol by oneself, but not to staff', async () => {
    const paid = await learning.course({ enrollmentPolicy: 'PAID', priceMinor: 10_000, currency: 'EUR' });
    const closed = await learning.course({ enrollmentPolicy: 'CLOSED' });
    const archived = await learning.course({ archivedAt: new Date() });
    const { person, studentId } = await learning.student();
    const tried = (courseId: string) => outcome('enroll', { courseId }, person);
    expect(await tried(paid.courseId)).toEqual(['PAYMENT_REQUIRED']);
    for (const { courseId } of [closed, archived]) expect(await tried(courseId)).toEqual(['ENROLLMENT_CLOSED']);
    for (const courseId of [NOBODY, 'no id']) expect(await tried(courseId)).toEqual(['NOT_FOUND']);
    for (const { courseId } of [paid, closed])
      expect(await outcome('enrollStudent', { studentId, courseId })).toEqual([]);
    expect(await tried(paid.courseId)).toEqual(['ALREADY_ENROLLED']);
    expect(await outcome('enrollStudent', { studentId, courseId: archived.courseId })).toEqual(['ENROLLMENT_CLOSED']);
  });

  it('by staff takes a student, or an account that exists, and not both', async () => {
    const { courseId } = await learning.course();
    const person = await learning.graph.person('STUDENT');
    const { student } = await made('enrollStudent', { userId: person.userId, courseId }, admin);
    expect(await learning.told(student.id)).toEqual(['student.added', 'enrollment.started']);
    expect(await outcome('enrollStudent', { userId: NOBODY, courseId })).toEqual(['NOT_FOUND']);
    expect(await outcome('enrollStudent', { studentId: NOBODY, courseId })).toEqual(['NOT_FOUND']);
    expect(await outcome('enrollStudent', { studentId: student.id, userId: person.userId, courseId })).toEqual([
      'INVALID_INPUT',
    ]);
    const unclaimed = await learning.unclaimed('somebody@example.com');
    expect((await made('enrollStudent', { studentId: unclaimed, courseId }, admin)).student.id).toBe(unclaimed);
    expect(await outcome('enrollStudent', { studentId: unclaimed, courseId })).toEqual(['ALREADY_ENROLLED']);
  });
});

describe('leaving a course', () => {
  it('keeps what was done for when they come back, by themselves where they may enrol', async () => {
    const { person, studentId, enrollmentId, lessonIds, cohortId } = await learning.classroom();
    await learning.mutate('completeLesson', { lessonId: lessonIds[0] }, person, LEARNED);
    const dropped = await made('dropEnrollment', { enrollmentId }, person);
    expect(dropped).toMatchObject({ status: 'DROPPED', percent: 25, student: { status: 'DROPPED' } });
    expect(await members(cohortId)).toBe(0);
    expect(await outcome('completeLesson', { lessonId: lessonIds[1] }, person, LEARNED)).toEqual(['NOT_ENROLLED']);
    expect((await made('dropEnrollment', { enrollmentId }, person)).status).toBe('DROPPED');
    for (let repetition = 0; repetition < 2; repetition++) {
      const resumed = await made('resumeEnrollment', { enrollmentId }, person);
      expect(resumed).toMatchObject({ status: 'ACTIVE', percent: 25, student: { status: 'ACTIVE' } });
    }
    expect(await members(cohortId)).toBe(1);
    expect((await learning.told(studentId)).slice(2)).toEqual([
      ...['enrollment.dropped', 'student.status-changed', 'enrollment.resumed', 'student.status-changed'],
    ]);
  });

  it('is for good where only staff enrols, until staff lets them back in', async () => {
    const { person, enrollmentId } = await learning.classroom({ enrollmentPolicy: 'CLOSED' });
    await made('dropEnrollment', { enrollmentId }, admin);
    expect(await outcome('resumeEnrollment', { enrollmentId }, person)).toEqual(['ENROLLMENT_CLOSED']);
    expect((await made('resumeEnrollment', { enrollmentId }, admin)).status).toBe('ACTIVE');
  });

  it('is nobody else’s business, a curator’s neither, and not for who has completed it', async () => {
    const { person, curator, studentId, ...course } = await learning.classroom();
    const stranger = await learning.student();
    const of = { enrollmentId: course.enrollmentId };
    for (const who of [stranger.person, curator]) {
      for (const field of ['dropEnrollment', 'resumeEnrollment']) {
        expect(await outcome(field, of, who)).toEqual(['NOT_FOUND']);
      }
    }
    const elsewhere = await learning.course();
    const completed = await learning.enrollment(studentId, elsewhere, { status: 'COMPLETED' });
    expect(await outcome('dropEnrollment', { enrollmentId: completed }, person)).toEqual(['ENROLLMENT_COMPLETED']);
    for (const field of ['dropEnrollment', 'resumeEnrollment', 'moveToCohort']) {
      const input = { enrollmentId: NOBODY, ...(field === 'moveToCohort' && { cohortId: null }) };
      expect(await outcome(field, input)).toEqual(['NOT_FOUND']);
    }
  });
});

describe('lessons', () => {
  it('are begun and completed, once each, and lead on to the next', async () => {
    const { person, studentId, lessonIds, courseId } = await learning.classroom({ modules: [2], chained: true });
    const [first = '', second = ''] = lessonIds;
    const begun = await learning.mutate('startLesson', { lessonId: first }, person, LEARNED);
    expect(begun.payload).toMatchObject({
      enrollment: { status: 'ACTIVE', percent: 0, currentLesson: { id: first } },
      progress: { status: 'IN_PROGRESS', completedAt: null, lockedBy: null },
    });
    expect((await learning.mutate('startLesson', { lessonId: first }, person, LEARNED)).payload).toEqual(begun.payload);
    for (const field of ['startLesson', 'completeLesson']) {
      expect(await outcome(field, { lessonId: second }, person, LEARNED)).toEqual(['LESSON_LOCKED']);
    }
    const both = await learning.run(
      `mutation ($a: ID!, $b: ID!) {
        a: completeLesson(input: { lessonId: $a }) { ${LEARNED} userErrors { code } }
        b: completeLesson(input: { lessonId: $b }) { ${LEARNED} userErrors { code } }
      }`,
      { a: first, b: second },
      person,
    );
    expect(both.data).toMatchObject({
      a: { enrollment: { percent: 50, currentLesson: { id: second } }, progress: { status: 'COMPLETED' } },
      b: { enrollment: { percent: 100, status: 'COMPLETED', currentLesson: null }, progress: { status: 'COMPLETED' } },
    });
    expect(await outcome('completeLesson', { lessonId: second }, person, LEARNED)).toEqual([]);
    expect(await learning.told(studentId)).toEqual([
      ...['lesson.started', 'lesson.completed', 'lesson.started', 'lesson.completed'],
      ...['enrollment.completed', 'student.status-changed'],
    ]);
    expect(await learning.told(courseId)).toHaveLength(5);
  });

  it('are refused to who is no student, not enrolled, or whose lesson it is not', async () => {
    const { lessonIds } = await learning.course();
    const [lessonId] = lessonIds;
    const { person } = await learning.student();
    const anybody = await learning.graph.person('STUDENT');
    for (const field of ['startLesson', 'completeLesson']) {
      expect(await outcome(field, { lessonId }, anybody, LEARNED)).toEqual(['NOT_A_STUDENT']);
      expect(await outcome(field, { lessonId }, person, LEARNED)).toEqual(['NOT_ENROLLED']);
      expect(await outcome(field, { lessonId: NOBODY }, person, LEARNED)).toEqual(['NOT_FOUND']);
    }
  });

  it('wait for their tests and homework', async () => {
    const { person, lessonIds, versionId } = await learning.classroom({
      published: false,
      lessons: { 0: { kind: 'QUIZ' } },
    });
    const [quiz = '', written = ''] = lessonIds;
    await plantDuties(quiz, written);
    await learning.sql(`update learning.course_versions set status = 'PUBLISHED', published_at = now() where id = ?`, [
      versionId,
    ]);
    expect(await outcome('completeLesson', { lessonId: quiz }, person, LEARNED)).toEqual(['TEST_NOT_PASSED']);
    expect(await outcome('completeLesson', { lessonId: written }, person, LEARNED)).toEqual(['HOMEWORK_NOT_SUBMITTED']);
    const assigned = () =>
      learning.sql(
        'select a.id from learning.homework_assignments a join learning.homework h on h.id = a.homework_id where h.lesson_id = ?',
        [written],
      );
    expect(await assigned()).toEqual([]);
    expect(await outcome('startLesson', { lessonId: written }, person, LEARNED)).toEqual([]);
    expect(await assigned()).toHaveLength(1);
  });
});

/** A test for one lesson, and homework that must be done for another. */
async function plantDuties(quiz: string, written: string): Promise<void> {
  const em = learning.em;
  const at = new Date();
  em.create(Test, {
    ...{ id: newId(), lessonId: quiz, timeLimitMinutes: null, maxAttempts: null },
    ...{ counting: 'BEST', review: 'AFTER_SUBMISSION', createdAt: at, updatedAt: at },
  });
  em.create(Homework, {
    ...{
      id: newId(),
      lessonId: written,
      lineageId: newId(),
      position: 1,
      title: 'A letter',
      instructions: 'Write it.',
    },
    ...{
      dueDays: 7,
      maxScore: 100,
      passPercent: 60,
      minWords: null,
      rubric: [],
      isRequired: true,
      checksEnglish: true,
    },
  });
  await em.flush();
}

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())('at once', () => {
  const noFault = (outcomes: readonly { codes: string[] }[]) =>
    expect(outcomes.flatMap(({ codes }) => codes)).toEqual([]);

  it('one person enrols once, and becomes one student', async () => {
    const { courseId } = await learning.course();
    const person = await learning.graph.person('STUDENT');
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => enroll(person, { courseId })));
    noFault(outcomes);
    expect(outcomes.flatMap(({ refused }) => refused)).toEqual(Array(5).fill('ALREADY_ENROLLED'));
    const rows = await learning.sql<{ id: string }>('select id from learning.students where user_id = ?', [
      person.userId,
    ]);
    expect(rows).toHaveLength(1);
    expect(await learning.told(String(rows[0]?.id))).toEqual(['student.added', 'enrollment.started']);
  });

  it('a cohort takes as many as it has places', async () => {
    const { courseId } = await learning.course();
    const { cohortId } = await learning.cohort(courseId, { capacity: 3 });
    const people = await Promise.all(Array.from({ length: 8 }, () => learning.graph.person('STUDENT')));
    const outcomes = await Promise.all(people.map((person) => enroll(person, { courseId, cohortId })));
    noFault(outcomes);
    expect(outcomes.flatMap(({ refused }) => refused)).toEqual(Array(5).fill('COHORT_FULL'));
    expect(await members(cohortId)).toBe(3);
  });

  it('people change places without waiting for each other for ever, and the numbers stay exact', async () => {
    const course = await learning.course();
    const cohorts = [await learning.cohort(course.courseId), await learning.cohort(course.courseId)];
    const ids = await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const { studentId } = await learning.student();
        return learning.enrollment(studentId, course, { cohortId: String(cohorts[index % 2]?.cohortId) });
      }),
    );
    const moves = ids.flatMap((enrollmentId, index) => [
      learning.mutate('moveToCohort', { enrollmentId, cohortId: cohorts[(index + 1) % 2]?.cohortId }, admin),
      learning.mutate('dropEnrollment', { enrollmentId }, admin),
      learning.mutate('resumeEnrollment', { enrollmentId }, admin),
    ]);
    noFault(await Promise.all(moves));
    for (const { cohortId } of cohorts) {
      const [counted] = await learning.sql<{ count: number }>(
        `select count(*)::int as count from learning.enrollments where cohort_id = ? and status <> 'DROPPED'`,
        [cohortId],
      );
      expect(await members(cohortId)).toBe(counted?.count);
    }
  });

  it('a lesson is completed while its student leaves: either, and nothing in between', async () => {
    const { person, enrollmentId, lessonIds, studentId } = await learning.classroom({ modules: [1] });
    const outcomes = await Promise.all([
      learning.mutate('completeLesson', { lessonId: lessonIds[0] }, person, LEARNED),
      learning.mutate('dropEnrollment', { enrollmentId }, person, ENROLLMENT),
      learning.mutate('completeLesson', { lessonId: lessonIds[0] }, person, LEARNED),
    ]);
    noFault(outcomes);
    const [row] = await learning.sql<{ status: string; percent: number }>(
      'select status, percent from learning.enrollments where id = ?',
      [enrollmentId],
    );
    const told = await learning.told(studentId);
    const isCompleted = row?.status === 'COMPLETED';
    expect(row).toEqual(isCompleted ? { status: 'COMPLETED', percent: 100 } : { status: 'DROPPED', percent: 0 });
    expect(told.filter((event) => event === 'enrollment.completed')).toHaveLength(isCompleted ? 1 : 0);
    expect(told.filter((event) => event === 'enrollment.dropped')).toHaveLength(isCompleted ? 0 : 1);
  });
});
