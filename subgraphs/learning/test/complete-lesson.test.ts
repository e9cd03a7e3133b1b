import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Enrollment } from '../src/enrollments/enrollment.entity.js';
import { completeLesson } from '../src/progress/complete-lesson.js';
import { lockOf } from '../src/progress/lesson-gate.js';
import { Student } from '../src/students/student.entity.js';
import { refreshStudentStatus } from '../src/students/student-status.js';
import { Learning, NOBODY } from './learning-fixtures.js';

let learning: Learning;
beforeAll(async () => {
  learning = await Learning.open();
});
afterAll(() => learning?.close());

const complete = (enrollmentId: string, lessonId: string, at = new Date()) =>
  transaction(learning.em, (tx) => completeLesson(tx, { id: enrollmentId }, { id: lessonId }, at));
const enrollment = (id: string) => learning.em.findOneOrFail(Enrollment, { id });
const statusOf = async (id: string) => (await learning.em.findOneOrFail(Student, { id })).status;

describe('completing lessons', () => {
  it('raises the percent, and with the last one completes the course and the student', async () => {
    const { studentId, enrollmentId, lessonIds, courseId } = await learning.classroom({ modules: [2, 1] });
    const at = new Date('2026-03-01T12:00:00Z');
    const percents = [];
    for (const lessonId of lessonIds) {
      expect(await complete(enrollmentId, lessonId, at)).toBe(true);
      percents.push((await enrollment(enrollmentId)).percent);
    }
    expect(percents).toEqual([33, 66, 100]);
    expect(await enrollment(enrollmentId)).toMatchObject({ status: 'COMPLETED', completedAt: at, startedAt: at });
    expect(await statusOf(studentId)).toBe('COMPLETED');
    expect(await complete(enrollmentId, String(lessonIds[0]))).toBe(false);
    const once = ['lesson.completed', 'lesson.completed', 'lesson.completed', 'enrollment.completed'];
    expect((await learning.told(courseId)).sort()).toEqual([...once].sort());
    expect(await learning.told(studentId)).toContain('student.status-changed');
    const days = await learning.sql('select day::text, lessons from learning.activity_days where student_id = ?', [
      studentId,
    ]);
    expect(days).toEqual([{ day: '2026-03-01', lessons: 3 }]);
  });

  it('need not include those that may be left out, unless all may', async () => {
    const optional = { isOptional: true };
    const some = await learning.classroom({ modules: [3], lessons: { 1: optional } });
    await complete(some.enrollmentId, String(some.lessonIds[1]));
    expect(await enrollment(some.enrollmentId)).toMatchObject({ percent: 0, status: 'ACTIVE' });
    for (const place of [0, 2]) await complete(some.enrollmentId, String(some.lessonIds[place]));
    expect(await enrollment(some.enrollmentId)).toMatchObject({ percent: 100, status: 'COMPLETED' });
    const all = await learning.classroom({ modules: [2], lessons: { 0: optional, 1: optional } });
    await complete(all.enrollmentId, String(all.lessonIds[0]));
    expect(await enrollment(all.enrollmentId)).toMatchObject({ percent: 50, status: 'ACTIVE' });
  });

  it('changes nothing for somebody who has left, nor with a lesson of another course', async () => {
    const { studentId, ...course } = await learning.classroom();
    const elsewhere = await learning.course();
    expect(await complete(course.enrollmentId, String(elsewhere.lessonIds[0]))).toBe(false);
    expect(await complete(NOBODY, String(course.lessonIds[0]))).toBe(false);
    await learning.sql(`update learning.enrollments set status = 'DROPPED', dropped_at = enrolled_at where id = ?`, [
      course.enrollmentId,
    ]);
    expect(await complete(course.enrollmentId, String(course.lessonIds[0]))).toBe(false);
    expect(await enrollment(course.enrollmentId)).toMatchObject({ percent: 0, status: 'DROPPED' });
    expect(await learning.told(studentId)).toEqual([]);
  });

  it.runIf(isRealPostgres())('at once, also the last one twice, completes the course once', async () => {
    const { studentId, enrollmentId, lessonIds } = await learning.classroom({ modules: [4] });
    const outcomes = await Promise.all(
      [...lessonIds, ...lessonIds].map((lessonId) => complete(enrollmentId, lessonId)),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(4);
    expect(await enrollment(enrollmentId)).toMatchObject({ percent: 100, status: 'COMPLETED' });
    const told = await learning.told(studentId);
    expect(told.filter((event) => event === 'enrollment.completed')).toHaveLength(1);
    expect(told.filter((event) => event === 'lesson.completed')).toHaveLength(4);
  });
});

describe('a lesson', () => {
  it('is locked until what comes before it is completed', async () => {
    const { enrollmentId, lessonIds } = await learning.classroom({ modules: [3], chained: true });
    const elsewhere = String((await learning.course()).lessonIds[0]);
    const locks = async () => [...(await lockOf(learning.em, enrollmentId, [...lessonIds, elsewhere, 'no id']))];
    const [one = '', two = '', three = ''] = lessonIds;
    const outside = [elsewhere, 'NOT_ENROLLED'];
    expect(new Map(await locks())).toEqual(
      new Map([[one, null], [two, 'PREREQUISITE'], [three, 'PREREQUISITE'], outside] as [string, string | null][]),
    );
    await complete(enrollmentId, one);
    expect(new Map(await locks()).get(two)).toBeNull();
    expect(new Map(await locks()).get(three)).toBe('PREREQUISITE');
    expect((await lockOf(learning.em, NOBODY, [one])).get(one)).toBe('NOT_ENROLLED');
  });
});

describe('how a student stands', () => {
  it.each([
    ['ACTIVE without any course', [], 'ACTIVE'],
    ['ACTIVE while one course goes on', ['COMPLETED', 'DROPPED', 'ACTIVE'], 'ACTIVE'],
    ['COMPLETED when all are', ['COMPLETED', 'COMPLETED'], 'COMPLETED'],
    ['DROPPED when none goes on and one was left', ['COMPLETED', 'DROPPED'], 'DROPPED'],
  ] as const)('is %s', async (_what, statuses, expected) => {
    const { studentId } = await learning.student({ status: 'AT_RISK' });
    for (const status of statuses) await learning.enrollment(studentId, await learning.course(), { status });
    for (let repetition = 0; repetition < 2; repetition++) {
      await transaction(learning.em, (tx) => refreshStudentStatus(tx, [studentId], new Date()));
    }
    expect(await statusOf(studentId)).toBe(expected);
    expect(await learning.told(studentId)).toEqual(['student.status-changed']);
  });
});
