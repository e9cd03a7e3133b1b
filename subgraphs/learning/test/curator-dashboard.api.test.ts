import { afterAll, beforeAll, expect, it } from 'vitest';
import { Learning } from './learning-fixtures.js';

const DASHBOARD = `{ curatorDashboard {
  students { totalCount statusCounts { active atRisk } edges { node { id } } }
  studentsAtRisk { totalCount }
  homeworkQueue { totalCount }
  handOvers { totalCount edges { node { id } } }
} }`;

let school: Learning;
let room: Awaited<ReturnType<Learning['classroom']>>;

beforeAll(async () => {
  school = await Learning.open();
  room = await school.classroom();
  await school.classroom();
  const [{ id: sessionId } = { id: '' }] = await school.sql<{ id: string }>(
    `insert into learning.assistant_sessions (id, user_id, title, language, last_message_at, created_at)
     values (gen_random_uuid(), ?, 'Question', 'en', ?, ?) returning id`,
    [room.person.userId, new Date(), new Date()],
  );
  await school.sql(
    `insert into learning.assistant_hand_overs (id, session_id, student_id, cohort_id, status, created_at)
     values (gen_random_uuid(), ?, ?, ?, 'OPEN', ?)`,
    [sessionId, room.studentId, room.cohortId, new Date()],
  );
});

afterAll(() => school?.close());

it('a curator sees what waits of their own cohorts', async () => {
  expect(await school.ask(DASHBOARD, {}, room.curator)).toMatchObject({
    students: { totalCount: 1, statusCounts: { active: 1, atRisk: 0 }, edges: [{ node: { id: room.studentId } }] },
    studentsAtRisk: { totalCount: 0 },
    homeworkQueue: { totalCount: 0 },
    handOvers: { totalCount: 1 },
  });
});

it('who sees all students sees the whole school, and a curator without a cohort nothing of it', async () => {
  const [supervisor, stranger] = [await school.graph.person('SUPERVISOR'), await school.graph.person('CURATOR')];
  expect(await school.ask(DASHBOARD, {}, supervisor)).toMatchObject({
    students: { totalCount: 2 },
    handOvers: { totalCount: 1 },
  });
  expect(await school.ask(DASHBOARD, {}, stranger)).toMatchObject({
    students: { totalCount: 0 },
    handOvers: { totalCount: 0 },
  });
});

it('students and strangers are refused', async () => {
  for (const person of [room.person, undefined]) {
    const { data, codes } = await school.run(DASHBOARD, {}, person);
    expect([data['curatorDashboard'], codes]).toEqual([null, [person ? 'FORBIDDEN' : 'UNAUTHENTICATED']]);
  }
});
