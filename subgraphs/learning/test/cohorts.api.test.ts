import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf, Learning, NOBODY } from './learning-fixtures.js';

const ENROLLMENT =
  'enrollment { id status source percent versionNumber startedAt student { id status source user { id } } cohort { id } course { id } }';
const DAY_MS = 24 * 60 * 60 * 1000;

let learning: Learning;
let admin: TestPerson;
beforeAll(async () => {
  learning = await Learning.open();
  admin = await learning.graph.person('ADMIN');
});
afterAll(() => learning?.close());

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

describe('cohorts', () => {
  it('are made and changed by staff, with a curator who works for the school', async () => {
    const { courseId } = await learning.course();
    const curator = await learning.graph.person('CURATOR');
    const student = await learning.graph.person('STUDENT');
    const wanted = { courseId, title: 'Winter', startsOn: '2027-01-11', curatorId: curator.userId, capacity: 2 };
    const shown = 'cohort { id title startsOn capacity memberCount seatsLeft curator { id } course { id } }';
    const { payload } = await learning.mutate('createCohort', { ...wanted, idempotencyKey: 'winter' }, admin, shown);
    const cohort = payload?.['cohort'] as { id: string };
    expect(cohort).toMatchObject({
      ...{ title: 'Winter', startsOn: '2027-01-11', capacity: 2, memberCount: 0, seatsLeft: 2 },
      ...{ curator: { id: curator.userId }, course: { id: courseId } },
    });
    const again = await learning.mutate('createCohort', { ...wanted, idempotencyKey: 'winter' }, admin, shown);
    expect(again.payload).toEqual(payload);
    expect(await outcome('createCohort', { ...wanted, curatorId: student.userId }, admin, shown)).toEqual([
      'NOT_A_CURATOR',
    ]);
    expect(await outcome('createCohort', { ...wanted, courseId: NOBODY }, admin, shown)).toEqual(['NOT_FOUND']);
    expect(await outcome('createCohort', { ...wanted, capacity: 0 }, admin, shown)).toEqual(['INVALID_INPUT']);
    const change = { cohortId: cohort.id, title: 'Late winter', curatorId: null };
    const changed = await learning.mutate('updateCohort', change, admin, shown);
    expect(changed.payload?.['cohort']).toMatchObject({ title: 'Late winter', capacity: 2, curator: null });
    expect(await outcome('updateCohort', { cohortId: NOBODY }, admin, shown)).toEqual(['NOT_FOUND']);
    // What nobody else keeps is not told of.
    await learning.mutate('updateCohort', { ...change, capacity: 3 }, admin, shown);
    expect(await cohortEvents(cohort.id)).toEqual([
      { courseId, curatorId: curator.userId, fields: ['title', 'curator'] },
      { courseId, curatorId: null, fields: ['title', 'curator'] },
    ]);
  });

  it('are known to our services by the students who belong to them now', async () => {
    const course = await learning.course();
    const { cohortId } = await learning.cohort(course.courseId);
    const [left, studentId] = [await learning.student(), await learning.unclaimed()];
    const enrolled = await learning.enrollment(studentId, course, { cohortId });
    const dropped = await learning.enrollment(left.studentId, course, { cohortId, status: 'DROPPED' });
    const { courseId } = course;
    expect(await places(studentId)).toEqual({
      userId: null,
      places: [{ enrollmentId: enrolled, courseId, cohortId }],
    });
    expect(await places(left.studentId)).toEqual({
      userId: left.person.userId,
      places: [{ enrollmentId: dropped, courseId, cohortId: null }],
    });
    expect(await places(NOBODY)).toBeNull();
  });

  it('are full when they are, for whoever enrols, comes back or is moved', async () => {
    const course = await learning.course();
    const { courseId } = course;
    const { cohortId } = await learning.cohort(courseId, { capacity: 1 });
    const other = await learning.cohort(courseId);
    const [one, two] = [await learning.student(), await learning.student()];
    const first = await made('enroll', { courseId, cohortId }, one.person);
    expect(await outcome('enroll', { courseId, cohortId }, two.person)).toEqual(['COHORT_FULL']);
    expect(await learning.told(two.studentId)).toEqual([]);
    const second = await made('enroll', { courseId, cohortId: other.cohortId }, two.person);
    expect(await outcome('moveToCohort', { enrollmentId: second.id, cohortId })).toEqual(['COHORT_FULL']);
    await made('dropEnrollment', { enrollmentId: first.id }, one.person);
    expect(await made('moveToCohort', { enrollmentId: second.id, cohortId }, admin)).toMatchObject({
      cohort: { id: cohortId },
    });
    expect(await outcome('resumeEnrollment', { enrollmentId: first.id }, one.person)).toEqual(['COHORT_FULL']);
    expect(await outcome('updateCohort', { cohortId, capacity: 2 }, admin, 'cohort { id }')).toEqual([]);
    await made('resumeEnrollment', { enrollmentId: first.id }, one.person);
    expect(await outcome('updateCohort', { cohortId, capacity: 1 }, admin, 'cohort { id }')).toEqual([
      'CAPACITY_TOO_SMALL',
    ]);
    const elsewhere = await learning.cohort((await learning.course()).courseId);
    expect(await outcome('moveToCohort', { enrollmentId: first.id, cohortId: elsewhere.cohortId })).toEqual([
      'NOT_FOUND',
    ]);
    await made('moveToCohort', { enrollmentId: first.id, cohortId: null }, admin);
    expect([await members(cohortId), await members(other.cohortId)]).toEqual([1, 0]);
    expect(await learning.told(one.studentId)).toContain('enrollment.moved');
  });

  it('never take somebody from another course, whoever writes', async () => {
    const { enrollmentId } = await learning.classroom();
    const { cohortId } = await learning.cohort((await learning.course()).courseId);
    const write = learning.sql('update learning.enrollments set cohort_id = ? where id = ?', [cohortId, enrollmentId]);
    await expect(write).rejects.toThrow('another course');
  });

  it('are shown to whom they concern', async () => {
    const open = await learning.course();
    const closed = await learning.course({ enrollmentPolicy: 'CLOSED' });
    const shown = await learning.cohort(open.courseId, {
      startsOn: dayOf(new Date(Date.now() + 5 * DAY_MS)),
      capacity: 3,
    });
    const hidden = await learning.cohort(closed.courseId);
    const { person, studentId } = await learning.student();
    const look = async (id: string, who?: TestPerson) =>
      (await learning.run('query ($id: ID!) { cohort(id: $id) { id memberCount curator { id } } }', { id }, who)).data[
        'cohort'
      ];
    const listed = async (who?: TestPerson) => {
      const query = 'query ($f: CohortFilter) { cohorts(filter: $f) { totalCount edges { node { id } } } }';
      const find = async (courseId: string) =>
        (await learning.ask<{ edges: { node: { id: string } }[] }>(query, { f: { courseId } }, who)).edges;
      return [...(await find(open.courseId)), ...(await find(closed.courseId))].map(({ node }) => node.id);
    };
    expect(await look(shown.cohortId)).toEqual({ id: shown.cohortId, memberCount: null, curator: null });
    for (const who of [undefined, person]) {
      expect(await look(hidden.cohortId, who)).toBeNull();
      expect(await listed(who)).toEqual([shown.cohortId]);
    }
    await learning.enrollment(studentId, closed, { cohortId: hidden.cohortId });
    expect(await look(hidden.cohortId, person)).toMatchObject({
      memberCount: null,
      curator: { id: hidden.curator.userId },
    });
    for (const who of [hidden.curator, admin]) {
      expect(await look(hidden.cohortId, who)).toMatchObject({ memberCount: 1 });
      expect(await listed(who)).toEqual([shown.cohortId, hidden.cohortId]);
    }
  });
});

async function cohortEvents(cohortId: string): Promise<unknown[]> {
  const rows = await learning.sql<{ data: unknown }>(
    `select event -> 'data' as data from learning.outbox
      where event ->> 'type' = 'tutorgraph.learning.cohort.changed.v1' and event ->> 'subject' = ? order by sequence`,
    [cohortId],
  );
  return rows.map(({ data }) => data);
}

async function places(studentId: string): Promise<unknown> {
  const query =
    'query ($id: ID!) { studentPlaces(studentId: $id) { userId places { enrollmentId courseId cohortId } } }';
  const answer = await learning.graph.client.query('learning', { query, variables: { id: studentId } }, [
    'studentPlaces',
  ]);
  return answer['studentPlaces'];
}
