import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayBefore, dayOf } from '../src/reports/days.js';
import { Learning } from './learning-fixtures.js';

const TODAY = dayOf(new Date());
const YESTERDAY = dayBefore(TODAY, 1);
const DAY = `day students newStudents activeStudents learning started completed dropped lessonsCompleted aiAnswers resolvedAnswers
  answerMs handOvers takenMinutes supportMinutes retentionPercent`;

let school: Learning;
let served: ServedSubgraph;
let leader: TestPerson;
let studentIds: string[];

/** A moment of a day, so many days ago. */
const at = (daysAgo: number, time = '12:00') => `${dayBefore(TODAY, daysAgo)}T${time}:00Z`;

beforeAll(async () => {
  school = await Learning.open({}, ['accounts', 'learning', 'payments', 'marketplace']);
  served = await school.graph.serve('learning');
  leader = await school.graph.person('SUPERVISOR');
  const course = await school.course();
  const joined = new Date(at(45));
  studentIds = [];
  for (let index = 0; index < 4; index++) {
    const { studentId } = await school.student({ createdAt: index < 3 ? joined : new Date(at(1)) });
    studentIds.push(studentId);
    const enrolledAt = index < 3 ? joined : new Date(at(1));
    await school.enrollment(studentId, course, {
      enrolledAt,
      ...(index === 1 && { status: 'COMPLETED', completedAt: new Date(at(20)) }),
      ...(index === 2 && { status: 'DROPPED', droppedAt: new Date(at(1)) }),
    });
  }
  const [first, second, third] = studentIds;
  // Three were active forty days ago; one still is, one has completed the course since, one has left.
  for (const [studentId, daysAgo] of [
    [first, 40],
    [second, 40],
    [third, 40],
    [first, 1],
  ] as const) {
    await school.sql('insert into learning.activity_days (student_id, day, lessons) values (?, ?, 1)', [
      studentId,
      dayBefore(TODAY, daysAgo),
    ]);
  }
  await converse([at(1), at(1, '13:00'), at(1, '14:00')]);
  await school.runJob('compute-daily-metrics');
});

afterAll(async () => {
  await served?.close();
  await school?.close();
});

/** Answers of the assistant at these moments in conversations of their own; the last one is handed over and settled in an hour. */
async function converse(moments: readonly string[]): Promise<void> {
  for (const [index, moment] of moments.entries()) {
    const [{ id: sessionId } = { id: '' }] = await school.sql<{ id: string }>(
      `insert into learning.assistant_sessions (id, user_id, title, language, last_sequence, last_message_at, created_at)
       values (gen_random_uuid(), gen_random_uuid(), 'Question', 'en', 2, ?, ?) returning id`,
      [moment, moment],
    );
    await school.sql(
      `insert into learning.assistant_messages (id, session_id, sequence, role, text, status, outcome, citations, response_ms, created_at)
       values (gen_random_uuid(), ?, 2, 'ASSISTANT', 'Answer', 'DONE', 'ANSWERED', '[]', ?, ?)`,
      [sessionId, 1_000 * (index + 1), moment],
    );
    if (index < moments.length - 1) continue;
    await school.sql(
      `insert into learning.assistant_hand_overs (id, session_id, status, taken_by, taken_at, closed_by, closed_at, created_at)
       values (gen_random_uuid(), ?, 'CLOSED', gen_random_uuid(), ?::timestamptz + interval '10 minutes', gen_random_uuid(),
         ?::timestamptz + interval '1 hour', ?)`,
      [sessionId, moment, moment, moment],
    );
  }
}

const days = (from: string, to: string, person = leader) =>
  school.run(`query ($span: DaySpanInput!) { dailyMetrics(span: $span) { ${DAY} } }`, { span: { from, to } }, person);

describe('figures of days', () => {
  it('are counted for each day since the first student', async () => {
    const { data } = await days(dayBefore(TODAY, 60), YESTERDAY);
    const found = data['dailyMetrics'] as { day: string }[];
    expect(found).toHaveLength(45);
    expect(found[0]).toMatchObject({ day: dayBefore(TODAY, 45), students: 3, newStudents: 3, started: 3, learning: 3 });
    expect(found.at(-1)).toEqual({
      day: YESTERDAY,
      students: 4,
      newStudents: 1,
      activeStudents: 1,
      learning: 2,
      started: 1,
      completed: 0,
      dropped: 1,
      lessonsCompleted: 0,
      aiAnswers: 3,
      resolvedAnswers: 2,
      answerMs: 2_000,
      handOvers: 1,
      takenMinutes: 10,
      supportMinutes: 50,
      retentionPercent: 67,
    });
  });

  it('are the same when they are counted again', async () => {
    const before = (await days(YESTERDAY, YESTERDAY)).data;
    await school.runJob('compute-daily-metrics');
    expect((await days(YESTERDAY, YESTERDAY)).data).toEqual(before);
  });

  it('are refused to curators, and for spans that are none', async () => {
    expect((await days(YESTERDAY, TODAY, await school.graph.person('CURATOR'))).codes).toEqual(['FORBIDDEN']);
    expect((await days(TODAY, YESTERDAY)).codes).toEqual(['BAD_USER_INPUT']);
    expect((await days('2020-01-01', TODAY)).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('reports', () => {
  it('tell how many of a month stayed', async () => {
    const month = `${dayBefore(TODAY, 45).slice(0, 7)}-01`;
    const rows = await school.ask<{ month: string; students: number; retained: number[] }[]>(
      `query ($from: Date!, $to: Date!) { retentionReport(from: $from, to: $to) { month students retained completed dropped } }`,
      { from: month, to: TODAY },
      leader,
    );
    expect(rows[0]).toMatchObject({ month, students: 3, completed: 1, dropped: 1 });
    // Forty days ago all three did something.
    expect(Math.max(...(rows[0]?.retained ?? []))).toBe(3);
  });

  it('compare two periods', async () => {
    const query = `query ($before: DaySpanInput!, $after: DaySpanInput!) { periodComparison(before: $before, after: $after) {
      metric before after changePercent isBetter } }`;
    const span = (daysAgo: number) => ({ from: dayBefore(TODAY, daysAgo), to: dayBefore(TODAY, daysAgo) });
    const rows = await school.ask<{ metric: string }[]>(query, { before: span(10), after: span(1) }, leader);
    expect(rows).toHaveLength(10);
    expect(rows).toContainEqual({
      metric: 'AI_RESOLUTION',
      before: null,
      after: 66.67,
      changePercent: null,
      isBetter: null,
    });
  });

  it('count profit once staff has said what the school costs', async () => {
    const summary = () =>
      school.ask(
        '{ schoolSummary { students curators newStudentsAMonth supportHoursAWeek profit { amountMinor currency } paybackDays } }',
        {},
        leader,
      );
    expect(await summary()).toMatchObject({ students: 4, curators: 0, profit: null, paybackDays: null });
    const costs = { currency: 'EUR', supportHourMinor: 1_200, acquisitionMinor: 5_000, monthlyMinor: 0 };
    expect((await school.mutate('setSchoolCosts', costs, leader)).codes).toEqual(['FORBIDDEN']);
    const admin = await school.graph.person('ADMIN');
    expect((await school.mutate('setSchoolCosts', { ...costs, monthlyMinor: -1 }, admin)).refused).toEqual([
      'INVALID_INPUT',
    ]);
    await school.mutate('setSchoolCosts', costs, admin);
    // Fifty minutes of support and one new student, and nobody has paid for a course.
    expect(await summary()).toMatchObject({ profit: { amountMinor: -6_000, currency: 'EUR' }, paybackDays: null });
    const report = `query ($from: Date!, $to: Date!) { profitReport(from: $from, to: $to) { supportHours newStudents
      supportCost { amountMinor } acquisitionCost { amountMinor } runningCost { amountMinor } profit { amountMinor } } }`;
    expect(await school.ask(report, { from: YESTERDAY, to: YESTERDAY }, leader)).toEqual({
      supportHours: 0.83,
      newStudents: 1,
      supportCost: { amountMinor: 1_000 },
      acquisitionCost: { amountMinor: 5_000 },
      runningCost: { amountMinor: 0 },
      profit: { amountMinor: -6_000 },
    });
  });

  it('are exported as CSV at an address that nobody can make', async () => {
    await school.sql(`update learning.students set name = '=cmd()' where id = ?`, [studentIds[0]]);
    const fetchReport = async (report: string) => {
      const input = { report, span: { from: dayBefore(TODAY, 60), to: YESTERDAY } };
      const { payload } = await school.mutate('exportSchoolReport', input, leader, 'url expiresAt');
      const { pathname, search } = new URL(String(payload?.['url']));
      return { address: `${pathname}${search}`, answer: await fetch(new URL(`${pathname}${search}`, served.url)) };
    };
    const { answer, address } = await fetchReport('STUDENTS');
    const csv = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(csv.split('\r\n')[0]).toBe(
      'student_id,name,external_id,status,last_active_at,course,cohort,enrollment_status,percent,enrolled_at,completed_at',
    );
    expect(csv).toContain("'=cmd()");
    expect(csv.trim().split('\r\n')).toHaveLength(5);
    expect((await (await fetchReport('DAILY_METRICS')).answer.text()).trim().split('\r\n')).toHaveLength(46);
    expect((await (await fetchReport('RETENTION')).answer.text()).startsWith('month,')).toBe(true);
    const forged = await fetch(new URL(address.replace('STUDENTS', 'RETENTION'), served.url));
    expect(forged.status).toBe(403);
  });
});

describe('the dashboard', () => {
  it('tells how the school stands, live, and ends with the right to see it', async () => {
    const now = await school.ask(
      '{ dashboardMetrics { students dropped activeToday handOversOpen aiAnswers } }',
      {},
      leader,
    );
    expect(now).toMatchObject({ students: 4, activeToday: 0, handOversOpen: 0, aiAnswers: 3 });
    const watch = await school.graph.subscribe(
      'learning',
      'subscription { dashboardMetricsChanged { cursor metrics { students } } }',
      {},
      leader,
    );
    const seen = async () => {
      const { value } = await watch.next();
      const data = value?.data as { dashboardMetricsChanged: { metrics: object } } | undefined;
      return data?.dashboardMetricsChanged.metrics;
    };
    expect(await seen()).toEqual({ students: 4 });
    const [{ courseId } = { courseId: '' }] = await school.sql<{ courseId: string }>(
      'select course_id as "courseId" from learning.enrollments limit 1',
    );
    const newcomer = await school.graph.person('STUDENT');
    expect((await school.mutate('enroll', { courseId }, newcomer)).refused).toEqual([]);
    expect(await seen()).toEqual({ students: 5 });
    await watch.return?.();
  });
});
