import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GetCourseServer, refuse } from './getcourse-server.js';
import { Learning, type PlantedCourse } from './learning-fixtures.js';

const GROUP = '77';
const ENDED = ['SUCCEEDED', 'FAILED'];
const EXCHANGE = `query ($id: ID!) { getCourseExchange(id: $id) { status failure isDryRun
  changes(first: 100) { totalCount edges { node { kind externalId lessons reason } } } } }`;

interface Exchanged {
  status: string;
  failure: string | null;
  changes: { totalCount: number; edges: { node: { kind: string; lessons: number | null; reason: string | null } }[] };
}

const server = new GetCourseServer();
let school: Learning;
let admin: TestPerson;
let course: PlantedCourse;

beforeAll(async () => {
  await server.listen();
  school = await Learning.open(server.settings);
  admin = await school.graph.person('ADMIN');
  course = await school.course();
  server.groups.set(GROUP, 'Английский, поток 1');
  const link = { groupId: GROUP, courseId: course.courseId, progressField: 'Прогресс', completedGroup: 'Прошли курс' };
  const linked = await school.mutate('linkGetCourseGroup', link, admin, 'link { groupId course { id } }');
  expect(linked.payload?.['link']).toEqual({ groupId: GROUP, course: { id: course.courseId } });
});

afterEach(() => {
  server.treat = () => false;
});

afterAll(async () => {
  await school?.close();
  await server.close();
});

async function start(dryRun: boolean): Promise<string> {
  const { payload, refused } = await school.mutate('startGetCourseExchange', { dryRun }, admin, 'exchange { id }');
  expect(refused).toEqual([]);
  const started = payload?.['exchange'] as { id: string } | undefined;
  return started?.id ?? '';
}

async function exchange(dryRun = false): Promise<Exchanged & { kinds: string[] }> {
  const id = await start(dryRun);
  const read = () => school.ask<Exchanged>(EXCHANGE, { id }, admin);
  await expect.poll(async () => ENDED.includes((await read()).status), { timeout: 25_000 }).toBe(true);
  const ended = await read();
  return { ...ended, kinds: ended.changes.edges.map(({ node }) => node.kind) };
}

const enrolled = (externalId: number) =>
  school.sql<{ name: string; email: string; percent: number }>(
    `select s.name, s.email, e.percent from learning.students s join learning.enrollments e on e.student_id = s.id
      where s.external_id = ?`,
    [String(externalId)],
  );

describe('an exchange with GetCourse', () => {
  it('only says what it would do when it is tried out', async () => {
    const maria = server.add({ groups: ['Английский, поток 1'], fields: { Прогресс: '50 %' } });
    expect(await exchange(true)).toMatchObject({ status: 'SUCCEEDED', kinds: ['ADD_STUDENT', 'ENROLL', 'PROGRESS'] });
    expect(await enrolled(maria.id)).toEqual([]);
  });

  it('adds students with their progress, and nothing when it is repeated', async () => {
    const [maria] = server.users;
    expect((await exchange()).kinds).toEqual(['ADD_STUDENT', 'ENROLL', 'PROGRESS']);
    expect(await enrolled(maria?.id ?? 0)).toEqual([{ name: 'Мария Иванова', email: maria?.email, percent: 50 }]);
    expect((await exchange()).kinds).toEqual([]);
  });

  it('brings progress up, and never down', async () => {
    const [maria] = server.users;
    if (!maria) throw new Error('The tests before have added somebody');
    maria.fields['Прогресс'] = '3/4';
    expect((await exchange()).kinds).toEqual(['PROGRESS']);
    maria.fields['Прогресс'] = '10';
    expect((await exchange()).kinds).toEqual([]);
    expect(await enrolled(maria.id)).toMatchObject([{ percent: 75 }]);
  });

  it('finds who was added here before, by their address', async () => {
    const ivan = server.add({ groups: ['Английский, поток 1'] });
    const studentId = await school.unclaimed(ivan.email);
    expect((await exchange()).kinds).toEqual(['MATCH_STUDENT', 'ENROLL']);
    const rows = await school.sql('select external_id from learning.students where id = ?', [studentId]);
    expect(rows).toEqual([{ external_id: String(ivan.id) }]);
  });

  it('leaves out whom a full cohort has no place for, and goes on with others', async () => {
    const { cohortId } = await school.cohort(course.courseId, { capacity: 1 });
    server.groups.set('78', 'Малая группа');
    const [first, second] = [server.add({ groups: ['Малая группа'] }), server.add({ groups: ['Малая группа'] })];
    await school.mutate('linkGetCourseGroup', { groupId: '78', courseId: course.courseId, cohortId }, admin);
    expect((await exchange()).kinds).toEqual(['ADD_STUDENT', 'ENROLL', 'LEAVE_OUT']);
    expect([await enrolled(first.id), await enrolled(second.id)].map(({ length }) => length)).toEqual([1, 0]);
  });

  it('tells GetCourse of who completes a course', async () => {
    const [maria] = server.users;
    if (!maria) throw new Error('The tests before have added somebody');
    maria.fields['Прогресс'] = '100 %';
    await exchange();
    await expect.poll(() => maria.groups, { timeout: 25_000 }).toContain('Прошли курс');
    expect(maria.fields).toMatchObject({
      tutorgraph_event: 'COURSE_COMPLETED',
      tutorgraph_course: 'English for travellers',
      tutorgraph_progress: '100',
    });
  });
});

describe('a GetCourse that does not answer as it should', () => {
  it('is asked again after a breakdown, and no export is ordered twice', async () => {
    const [orders, broken] = [server.ordered, new Set<string>()];
    server.treat = (response, path) => {
      if (broken.has(path)) return false;
      broken.add(path);
      if (path.includes('exports')) response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Ремонт</h1>');
      else response.writeHead(503).end();
      return true;
    };
    expect(await exchange()).toMatchObject({ status: 'SUCCEEDED', failure: null });
    // Of all users, and of two groups.
    expect(server.ordered - orders).toBe(3);
  });

  it('fails an exchange at once when it does not take the key', async () => {
    server.treat = (response) => {
      refuse(response, 901, 'Неверный секретный ключ');
      return true;
    };
    expect(await exchange()).toMatchObject({ status: 'FAILED', failure: 'KEY_REFUSED' });
  });

  it('has one exchange at once, and waits when it asks to be left alone', async () => {
    let isThrottled = true;
    server.treat = (response) => {
      if (isThrottled) refuse(response, 905, 'Слишком много запросов');
      return isThrottled;
    };
    const id = await start(true);
    const again = await school.mutate('startGetCourseExchange', { dryRun: false }, admin);
    expect(again.refused).toEqual(['EXCHANGE_RUNNING']);
    await expect.poll(() => server.asked.length, { timeout: 25_000 }).toBeGreaterThan(0);
    isThrottled = false;
    await school.runJob('exchange-students', { exchangeId: id });
    expect(await school.ask<Exchanged>(EXCHANGE, { id }, admin)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('shows its groups while it answers, and none while it does not', async () => {
    const groups = () =>
      school.ask<{ id: string; name: string }[] | null>('{ getCourseGroups { id name } }', {}, admin);
    expect(await groups()).toContainEqual({ id: GROUP, name: 'Английский, поток 1' });
    server.treat = (response) => {
      refuse(response, 901, 'Неверный ключ');
      return true;
    };
    expect(await groups()).toBeNull();
  });
});
