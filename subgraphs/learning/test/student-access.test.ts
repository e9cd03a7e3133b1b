import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLesson, requireEnrollment } from '../src/enrollments/enrollment-access.js';
import { StudentAccess } from '../src/students/student-access.js';
import { dayOf, Learning, NOBODY } from './learning-fixtures.js';

const access = new StudentAccess();
const TOMORROW = new Date(Date.now() + 24 * 60 * 60 * 1000);

let learning: Learning;
beforeAll(async () => {
  learning = await Learning.open();
});
afterAll(() => learning?.close());

describe('a student', () => {
  it('is seen by themselves, the curator of a cohort of theirs and staff, and by nobody else', async () => {
    const { studentId, person, curator, courseId } = await learning.classroom();
    const other = await learning.student();
    const otherCurator = (await learning.cohort(courseId)).curator;
    const [admin, supervisor, tutor] = await Promise.all(
      (['ADMIN', 'SUPERVISOR', 'TUTOR'] as const).map((role) => learning.graph.person(role)),
    );
    const seen = async (who?: typeof person) => {
      const context = learning.as(who);
      const found = await access.maySee(context, [studentId, NOBODY, 'no id']);
      const listed = await sql<{ id: string }>`
        select t.id from learning.students t where t.id = ${studentId} and ${access.visible(context)}`.execute(
        learning.em.getKysely(),
      );
      expect(listed.rows).toHaveLength(found.size);
      return [...found];
    };
    for (const who of [person, curator, admin, supervisor]) expect(await seen(who)).toEqual([studentId]);
    for (const who of [other.person, otherCurator, tutor, undefined]) expect(await seen(who)).toEqual([]);
    expect((await access.requireSeen(learning.as(curator), studentId)).id).toBe(studentId);
    await expect(access.requireSeen(learning.as(otherCurator), studentId)).rejects.toThrow('NOT_FOUND');
  });

  it('is the viewer, if they are one', async () => {
    const { studentId, person } = await learning.student();
    expect((await access.requireMine(learning.as(person))).id).toBe(studentId);
    const stranger = await learning.graph.person('STUDENT');
    await expect(access.requireMine(learning.as(stranger))).rejects.toThrow('NOT_A_STUDENT');
    expect(await access.mine(learning.as())).toBeNull();
  });

  it('is looked for together with all others, in one statement', async () => {
    const { curator, cohortId, ...course } = await learning.classroom();
    const ids = await Promise.all(Array.from({ length: 5 }, () => learning.unclaimed()));
    await Promise.all(ids.map((id) => learning.enrollment(id, course, { cohortId })));
    const context = learning.as(curator);
    const { result, statements } = await withStatements(() =>
      Promise.all(ids.map((id) => access.maySee(context, [id]))),
    );
    expect(result.every(({ size }) => size === 1)).toBe(true);
    expect(statements).toHaveLength(1);
  });
});

describe('a lesson', () => {
  it('is learned by an enrolment that goes on or is completed, in the version that it belongs to', async () => {
    const { studentId, courseId, lessonIds, enrollmentId } = await learning.classroom();
    const em = learning.em;
    const [lessonId = ''] = lessonIds;
    expect((await requireEnrollment(em, studentId, { courseId })).id).toBe(enrollmentId);
    expect((await requireEnrollment(em, studentId, { lessonId })).id).toBe(enrollmentId);
    const elsewhere = await learning.course();
    for (const of of [{ courseId: elsewhere.courseId }, { lessonId: NOBODY }, { courseId: 'no id' }]) {
      await expect(requireEnrollment(em, studentId, of)).rejects.toThrow('NOT_ENROLLED');
    }
    await learning.sql(`update learning.enrollments set status = 'DROPPED', dropped_at = enrolled_at where id = ?`, [
      enrollmentId,
    ]);
    await expect(requireEnrollment(learning.em, studentId, { lessonId })).rejects.toThrow('NOT_ENROLLED');
  });

  it('is open to whoever learns it unlocked, to staff, and to everybody as a preview', async () => {
    const { person, curator, lessonIds, enrollmentId } = await learning.classroom({
      chained: true,
      lessons: { 0: { isPreview: true } },
    });
    const [first = '', second = ''] = lessonIds;
    const opens = async (lessonId: string, who?: typeof person) =>
      (await openLesson(learning.as(who), lessonId)).enrollment;
    const stranger = await learning.graph.person('STUDENT');
    const otherCurator = await learning.graph.person('CURATOR');
    const author = await learning.graph.person('SUPERVISOR');
    expect((await opens(first, person))?.id).toBe(enrollmentId);
    for (const who of [stranger, undefined, curator, author]) expect(await opens(first, who)).toBeNull();
    for (const who of [curator, author]) expect(await opens(second, who)).toBeNull();
    for (const who of [stranger, undefined, otherCurator]) {
      await expect(opens(second, who)).rejects.toThrow('NOT_ENROLLED');
    }
    await expect(opens(second, person)).rejects.toThrow('LESSON_LOCKED');
    await learning.completed(enrollmentId, [first]);
    expect((await opens(second, person))?.id).toBe(enrollmentId);
    await expect(opens(NOBODY, author)).rejects.toThrow('NOT_FOUND');
    const [drafted = ''] = (await learning.course({ published: false })).lessonIds;
    expect(await opens(drafted, author)).toBeNull();
    for (const who of [otherCurator, stranger]) await expect(opens(drafted, who)).rejects.toThrow('NOT_FOUND');
  });

  it('is locked until the cohort begins', async () => {
    const { person, lessonIds, cohortId } = await learning.classroom();
    await learning.sql('update learning.cohorts set starts_on = ? where id = ?', [dayOf(TOMORROW), cohortId]);
    await expect(openLesson(learning.as(person), String(lessonIds[0]))).rejects.toThrow('LESSON_LOCKED');
  });
});
