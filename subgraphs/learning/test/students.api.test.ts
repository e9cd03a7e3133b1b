import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Learning, NOBODY } from './learning-fixtures.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
const LIST = `query ($filter: StudentFilter, $order: StudentOrder, $first: Int, $after: String) {
  students(filter: $filter, order: $order, first: $first, after: $after) {
    totalCount statusCounts { active atRisk dropped completed } pageInfo { endCursor hasNextPage } edges { node { id } }
  }
}`;
const WHOLE = `id name status user { id } progress { percent isBehindSchedule enrollments { id } }
  enrollments(first: 3) { edges { node {
    percent expectedPercent lessonsBehind versionNumber cohort { id memberCount } course { id title }
    currentLesson { id title } student { id } modules { percent module { title } lessons { status lockedBy lesson { title } } }
  } } }`;

interface Page {
  totalCount: number;
  statusCounts: Record<string, number>;
  pageInfo: { endCursor: string; hasNextPage: boolean };
  edges: { node: { id: string } }[];
}

let learning: Learning;
let admin: TestPerson;
beforeAll(async () => {
  learning = await Learning.open();
  admin = await learning.graph.person('ADMIN');
});
afterAll(() => learning?.close());

const list = (variables: object, who = admin) => learning.ask<Page>(LIST, variables, who);
const idsOf = ({ edges }: Page) => edges.map(({ node }) => node.id);

describe('a list of students', () => {
  it('is filtered, counted per status and put in order', async () => {
    const course = await learning.course();
    const { cohortId, curator } = await learning.cohort(course.courseId);
    const plant = async (change: Parameters<typeof learning.unclaimed>[1], email: string | null = null) => {
      const id = await learning.unclaimed(email, change);
      await learning.enrollment(id, course, { cohortId });
      return id;
    };
    const anna = await plant(
      { name: 'Anna Petrova', lastActiveAt: daysAgo(1), createdAt: daysAgo(40) },
      'a.p@example.com',
    );
    const boris = await plant({
      name: 'Борис Ёлкин',
      status: 'AT_RISK',
      lastActiveAt: daysAgo(20),
      createdAt: daysAgo(30),
    });
    const carol = await plant({ status: 'COMPLETED', createdAt: daysAgo(10) }, 'carol_100%@example.com');
    const all = [anna, boris, carol];
    const of = { cohortId };
    const find = async (filter: object, order?: string) => idsOf(await list({ filter: { ...of, ...filter }, order }));
    expect((await find({})).toSorted()).toEqual(all.toSorted());
    const tabs = await list({ filter: { ...of, status: 'AT_RISK' } });
    expect(tabs).toMatchObject({ totalCount: 1, statusCounts: { active: 1, atRisk: 1, dropped: 0, completed: 1 } });
    expect(await find({ text: 'petrova ANNA' })).toEqual([anna]);
    expect(await find({ text: 'ёлкин' })).toEqual([boris]);
    expect(await find({ text: '_100%' })).toEqual([carol]);
    expect(await find({ text: '%' })).toEqual([carol]);
    expect(await find({ inactiveDays: 7 }, 'INACTIVE_LONGEST')).toEqual([boris, carol]);
    expect(await find({}, 'ACTIVE_LAST')).toEqual([anna, carol, boris]);
    expect(await find({}, 'NAME')).toEqual([anna, carol, boris]);
    expect(await find({}, 'NEWEST_FIRST')).toEqual([carol, boris, anna]);
    expect(await find({ hasAccount: true })).toEqual([]);
    expect(await find({ source: 'IMPORT', courseId: course.courseId, curatorId: curator.userId })).toHaveLength(3);
    for (const filter of [{ courseId: NOBODY }, { curatorId: 'no id' }]) expect(await find(filter)).toEqual([]);
    for (const order of ['NEWEST_FIRST', 'NAME', 'ACTIVE_LAST', 'INACTIVE_LONGEST']) {
      const first = await list({ filter: of, order, first: 2 });
      const rest = await list({ filter: of, order, first: 2, after: first.pageInfo.endCursor });
      expect([...idsOf(first), ...idsOf(rest)]).toEqual(await find({}, order));
    }
    const wrong = await learning.run(LIST, { filter: { text: 'a'.repeat(201) } }, admin);
    expect(wrong.codes).toEqual(['BAD_USER_INPUT']);
  });

  it('has for a curator the students of their own cohorts, and is refused to students and tutors', async () => {
    const { curator, studentId, courseId } = await learning.classroom();
    const other = await learning.cohort(courseId);
    expect(idsOf(await list({}, curator))).toEqual([studentId]);
    expect(await list({}, other.curator)).toMatchObject({ totalCount: 0, statusCounts: { active: 0 } });
    for (const role of ['STUDENT', 'TUTOR'] as const) {
      const { codes } = await learning.run(LIST, {}, await learning.graph.person(role));
      expect(codes).toEqual(['FORBIDDEN']);
    }
  });

  it('takes as many statements for a hundred as for one, with all that a desk shows', async () => {
    const course = await learning.course({ chained: true });
    const { cohortId, curator } = await learning.cohort(course.courseId);
    const count = async (wanted: number) => {
      const filter = { cohortId };
      const query = `query ($filter: StudentFilter) { students(filter: $filter, first: 100) { edges { node { ${WHOLE} } } } }`;
      const { result, statements } = await withStatements(() => learning.ask<Page>(query, { filter }, curator));
      expect(result.edges).toHaveLength(wanted);
      expect(JSON.stringify(result)).not.toContain('errors');
      return statements.length;
    };
    const add = async () => {
      const id = await learning.unclaimed();
      const enrollmentId = await learning.enrollment(id, course, { cohortId });
      await learning.completed(enrollmentId, course.lessonIds.slice(0, 1));
    };
    await add();
    // Loaders may go out in one batch or two; the number must not grow with the page.
    const most = (await count(1)) + 2;
    for (let made = 1; made < 20; made++) await add();
    expect(await count(20)).toBeLessThanOrEqual(most);
    await learning.sql(
      `with added as (insert into learning.students (id, source, status, created_at, updated_at)
         select gen_random_uuid(), 'IMPORT', 'ACTIVE', now(), now() from generate_series(1, 80) returning id)
       insert into learning.enrollments (id, student_id, course_id, version_id, cohort_id, status, source, enrolled_at, updated_at)
         select gen_random_uuid(), id, ?, ?, ?, 'ACTIVE', 'IMPORT', now(), now() from added`,
      [course.courseId, course.versionId, cohortId],
    );
    expect(await count(100)).toBeLessThanOrEqual(most);
    expect(most).toBeLessThanOrEqual(16);
  });
});

describe('a student', () => {
  it('is shown to themselves, their curator and staff; addresses to staff alone', async () => {
    const { studentId, person, curator, courseId } = await learning.classroom();
    const look = async (who?: TestPerson) =>
      (
        await learning.run(
          'query ($id: ID!) { student(id: $id) { id email externalId user { id } } }',
          { id: studentId },
          who,
        )
      ).data['student'] as Record<string, unknown> | null;
    await learning.sql('update learning.students set external_id = ? where id = ?', [`gc-${studentId}`, studentId]);
    const shown = { id: studentId, email: null, externalId: null, user: { id: person.userId } };
    for (const who of [person, curator]) expect(await look(who)).toEqual(shown);
    expect(await look(admin)).toEqual({ ...shown, externalId: `gc-${studentId}` });
    const other = (await learning.cohort(courseId)).curator;
    for (const who of [other, (await learning.student()).person, undefined])
      expect((await look(who)) ?? null).toBeNull();
    const mine = await learning.ask('{ myStudent { id } }', {}, person);
    expect(mine).toEqual({ id: studentId });
    expect(await learning.ask('{ myStudent { id } }', {}, curator)).toBeNull();
    expect(await learning.ask('{ myEnrollments { totalCount } }', {}, curator)).toBeNull();
  });

  it('is told how far they have come, and whether they keep up', async () => {
    const { studentId, person, curator, enrollmentId, lessonIds, courseId } = await learning.classroom({
      chained: true,
    });
    await learning.sql(`update learning.enrollments set enrolled_at = ?, percent = 25 where id = ?`, [
      daysAgo(20),
      enrollmentId,
    ]);
    await learning.sql(`update learning.cohorts set starts_on = ? where curator_id = ?`, [daysAgo(20), curator.userId]);
    await learning.completed(enrollmentId, lessonIds.slice(0, 1));
    const left = await learning.course();
    await learning.enrollment(studentId, left, { status: 'DROPPED' });
    const query = `query ($id: ID!, $course: ID) { studentProgress(studentId: $id, courseId: $course) {
      percent completedLessons totalLessons isBehindSchedule student { id }
      enrollments { expectedPercent lessonsBehind currentLesson { id }
        modules { percent completedLessons totalLessons lessons { status lockedBy lesson { id } } } } } }`;
    for (const who of [person, curator, admin]) {
      const progress = await learning.ask<{ enrollments: Record<string, unknown>[] }>(query, { id: studentId }, who);
      expect(progress).toMatchObject({
        ...{ percent: 25, completedLessons: 1, totalLessons: 4, isBehindSchedule: true, student: { id: studentId } },
      });
      expect(progress.enrollments).toHaveLength(2);
      expect(progress.enrollments.find(({ expectedPercent }) => expectedPercent === null)).toMatchObject({
        ...{ lessonsBehind: 0, currentLesson: null },
      });
    }
    const inOne = await learning.ask<{ enrollments: unknown[] }>(query, { id: studentId, course: courseId }, person);
    const [first, second, third, fourth] = lessonIds;
    const open = { status: 'NOT_STARTED', lockedBy: null };
    const locked = { status: 'NOT_STARTED', lockedBy: 'PREREQUISITE' };
    expect(inOne.enrollments).toEqual([
      {
        ...{ expectedPercent: 66, lessonsBehind: 1, currentLesson: { id: second } },
        modules: [
          {
            ...{ percent: 50, completedLessons: 1, totalLessons: 2 },
            lessons: [
              { status: 'COMPLETED', lockedBy: null, lesson: { id: first } },
              { ...open, lesson: { id: second } },
            ],
          },
          {
            ...{ percent: 0, completedLessons: 0, totalLessons: 2 },
            lessons: [third, fourth].map((id) => ({ ...locked, lesson: { id } })),
          },
        ],
      },
    ]);
    for (const who of [(await learning.student()).person, (await learning.cohort(courseId)).curator]) {
      expect(await learning.ask(query, { id: studentId }, who)).toBeNull();
    }
  });
});

describe('progress', () => {
  const WATCH = `subscription ($student: ID, $cohort: ID, $after: String) {
    progressChanged(studentId: $student, cohortId: $cohort, after: $after) { cursor kind lesson { id } enrollment { percent student { id } } } }`;
  const next = async (stream: AsyncIterator<unknown>) =>
    ((await stream.next()).value as { data: { progressChanged: Record<string, unknown> } }).data.progressChanged;

  it('is heard live by the student and whoever guides them, from any cursor on, and by nobody else', async () => {
    const { person, studentId, curator, cohortId, lessonIds, courseId } = await learning.classroom();
    const watch = (who: TestPerson, variables: object = {}) =>
      learning.graph.subscribe('learning', WATCH, variables, who);
    const streams = await Promise.all([
      watch(person),
      watch(curator, { student: studentId }),
      watch(curator, { cohort: cohortId }),
      watch(admin, { cohort: cohortId }),
    ]);
    const [start] = await Promise.all(streams.map(next));
    expect(start).toMatchObject({ kind: null, enrollment: null });
    const [lessonId] = lessonIds;
    await learning.mutate('completeLesson', { lessonId }, person);
    for (const stream of streams) {
      expect(await next(stream)).toMatchObject({ kind: 'LESSON_STARTED', lesson: { id: lessonId } });
      const enrollment = { percent: 25, student: { id: studentId } };
      expect(await next(stream)).toMatchObject({ kind: 'LESSON_COMPLETED', lesson: { id: lessonId }, enrollment });
    }
    const resumed = await watch(person, { after: start?.['cursor'] });
    expect([await next(resumed), await next(resumed)]).toMatchObject([{ kind: null }, { kind: 'LESSON_STARTED' }]);
    for (const stream of [...streams, resumed]) await stream.return?.();
    const other = (await learning.cohort(courseId)).curator;
    const stranger = (await learning.student()).person;
    for (const who of [other, stranger]) {
      for (const variables of [{ student: studentId }, { cohort: cohortId }]) {
        await expect(watch(who, variables)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
      }
    }
    await expect(watch(curator, { student: studentId, cohort: cohortId })).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('is heard no more by whoever guides the cohort no longer', async () => {
    const { person, curator, cohortId, lessonIds } = await learning.classroom();
    const stream = await learning.graph.subscribe('learning', WATCH, { cohort: cohortId }, curator);
    await next(stream);
    await learning.sql('update learning.cohorts set curator_id = null where id = ?', [cohortId]);
    await learning.mutate('startLesson', { lessonId: lessonIds[0] }, person);
    await expect(stream.next()).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });
});

let count = 0;
const newAddress = () => `student-${++count}@mail.example`;

describe('what the school writes about a student', () => {
  it('changes, but never to what another one has', async () => {
    const taken = newAddress();
    await learning.unclaimed(taken, { externalId: 'taken' });
    const studentId = await learning.unclaimed(newAddress(), { name: 'Ann' });
    const change = (input: object) =>
      learning.mutate('updateStudent', { studentId, ...input }, admin, 'student { name email externalId }');
    const email = newAddress();
    expect((await change({ email, name: 'Anna' })).payload).toMatchObject({
      student: { name: 'Anna', email, externalId: null },
    });
    expect((await change({ name: null })).payload).toMatchObject({ student: { name: null, email } });
    expect((await change({ email: taken.toUpperCase() })).refused).toEqual(['EMAIL_TAKEN']);
    expect((await change({ externalId: 'taken' })).refused).toEqual(['EXTERNAL_ID_TAKEN']);
    expect((await change({ studentId: NOBODY })).refused).toEqual(['NOT_FOUND']);
    const { studentId: claimed } = await learning.student();
    expect((await change({ studentId: claimed, email: newAddress() })).refused).toEqual(['ALREADY_CLAIMED']);
  });
});
