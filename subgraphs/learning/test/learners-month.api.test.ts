import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Learning } from './learning-fixtures.js';

/** The first Monday of a month long past: nothing here may ask the real clock, in the program or in the database. */
const FIRST = Date.parse('2025-09-01T09:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1_000;
const LESSONS = ['Hello', 'The past', 'A test', 'The future', 'The end'];
const TEXT = `Last summer I went to Kazan with my sister. We visited the Kremlin and ate a lot of sweet things there.
The weather was hot, so we swam in the Volga every day. I want to go there again because the people were very kind.`;

let school: Learning;
const people: Record<'admin' | 'curator' | 'anna', TestPerson> = Object.create(null);
const ids: Record<string, string> = {};

beforeAll(async () => {
  // Its database is named by when it was made: one of long ago would be swept away as left behind.
  school = await Learning.open();
  vi.useFakeTimers({ toFake: ['Date'], now: FIRST });
  people.admin = await school.graph.person('ADMIN');
  people.curator = await school.graph.person('CURATOR', { firstName: 'Clara', lastName: 'Weber' });
  people.anna = await school.graph.person('STUDENT', { firstName: 'Анна', lastName: 'Лебедева' });
});

afterAll(async () => {
  vi.useRealTimers();
  await school?.close();
});

/** It is so many days later; everybody has a fresh token. */
async function dayComes(day: number, hour = 9): Promise<void> {
  vi.setSystemTime(FIRST + (day - 1) * DAY_MS + (hour - 9) * 60 * 60 * 1_000);
  for (const person of Object.values(people)) {
    person.authorization = `Bearer ${await school.graph.issuer.sign(person)}`;
  }
}

/** Somebody does something that must succeed. @returns what the payload says of it */
async function does<Made = { id: string }>(
  who: keyof typeof people,
  field: string,
  input: object,
  selection: string,
): Promise<Made> {
  const { payload, refused, codes } = await school.mutate(field, input, people[who], selection);
  expect([field, ...refused, ...codes]).toEqual([field]);
  const [made] = Object.entries(payload ?? {}).flatMap(([name, value]) => (name === 'userErrors' ? [] : [value]));
  return made as Made;
}

async function refusals(field: string, input: object): Promise<string[]> {
  return (await school.mutate(field, input, people.anna)).refused;
}

const enrollment = () =>
  school.ask<{ edges: { node: { status: string; percent: number; completedAt: string | null } }[] }>(
    '{ myEnrollments { edges { node { status percent completedAt } } } }',
    {},
    people.anna,
  );
const standing = async () => (await enrollment()).edges[0]?.node;

/** Answers every question of an attempt, right or wrong, and hands it in. */
async function takesTest(isRight: boolean): Promise<{ percent: number; passed: boolean }> {
  const attempt = await does<{ id: string; questions: { id: string; prompt: string }[] }>(
    'anna',
    'startAttempt',
    { testId: ids['test'] },
    'attempt { id questions { id prompt } }',
  );
  for (const { id: questionId, prompt } of attempt.questions) {
    const answer = { text: isRight ? (prompt.split(' ').at(-1) ?? '') : 'no idea' };
    await does('anna', 'saveAnswer', { questionId, answer, sequence: 1 }, 'question { id }');
  }
  return does('anna', 'submitAttempt', { attemptId: attempt.id }, 'attempt { percent passed }');
}

it('day 1: an author publishes a course, a curator gets a cohort, and Anna begins', async () => {
  const words = {
    slug: 'everyday-english',
    title: 'Английский на каждый день',
    description: 'Пять уроков.',
    language: 'ru',
  };
  const rules = {
    enrollmentPolicy: 'OPEN',
    lengthDays: 30,
    certificateRule: 'COMPLETION_AND_SCORE',
    certificateScore: 60,
  };
  const courseId = (await does('admin', 'createCourse', { ...words, ...rules }, 'course { id }')).id;
  const [{ id: versionId } = { id: '' }] = await school.sql<{ id: string }>(
    'select id from learning.course_versions where course_id = ?',
    [courseId],
  );
  const moduleId = (await does('admin', 'addModule', { versionId, title: 'Everything' }, 'module { id }')).id;
  for (const [index, title] of LESSONS.entries()) {
    const lesson = { moduleId, kind: index === 2 ? 'QUIZ' : 'TEXT', title, minutes: 20, body: 'Read this aloud.' };
    ids[title] = (await does('admin', 'addLesson', lesson, 'lesson { id }')).id;
    if (index === 0) continue;
    const requiredIds = [ids[LESSONS[index - 1] ?? '']];
    await does('admin', 'setPrerequisites', { lessonId: ids[title], requiredIds }, 'lesson { id }');
  }
  await defineTest(courseId);
  await defineHomework();
  await does('admin', 'publishCourse', { courseId }, 'version { id }');
  const cohort = { courseId, title: 'September', curatorId: people.curator.userId, startsOn: '2025-09-01' };
  const cohortId = (await does('admin', 'createCohort', cohort, 'cohort { id }')).id;
  ids['enrollment'] = (await does('anna', 'enroll', { courseId, cohortId }, 'enrollment { id }')).id;
  expect(await refusals('startLesson', { lessonId: ids['The past'] })).toEqual(['LESSON_LOCKED']);
  await does('anna', 'startLesson', { lessonId: ids['Hello'] }, 'lesson { id }');
  await does('anna', 'completeLesson', { lessonId: ids['Hello'] }, 'lesson { id }');
  expect(await standing()).toMatchObject({ status: 'ACTIVE', percent: 20 });
});

async function defineTest(courseId: string): Promise<void> {
  const bankId = (await does('admin', 'createQuestionBank', { courseId, title: 'Words' }, 'bank { id }')).id;
  for (const word of ['went', 'seen', 'written']) {
    const question = { kind: 'SHORT_TEXT', prompt: `Write this word: ${word}`, accepted: [word] };
    await does('admin', 'addQuestion', { bankId, question }, 'question { id }');
  }
  const test = { lessonId: ids['A test'], items: [{ bankId, count: 3 }], retakePauseMinutes: 60, maxAttempts: 3 };
  ids['test'] = (await does('admin', 'defineTest', test, 'test { id }')).id;
}

async function defineHomework(): Promise<void> {
  const levels = (points: number) => [
    { points, description: 'All of it' },
    { points: 0, description: 'Nothing of it' },
  ];
  const rubric = [
    { title: 'Story', aspect: 'CONTENT', points: 60, levels: levels(60) },
    { title: 'English', aspect: 'ACCURACY', points: 40, levels: levels(40) },
  ];
  const homework = { title: 'A journey', instructions: 'Tell of a journey.', isRequired: true, checksEnglish: true };
  ids['homework'] = (
    await does('admin', 'defineHomework', { ...homework, lessonId: ids['The past'], rubric }, 'homework { id }')
  ).id;
}

it('days 2 to 5: homework is reminded of, handed in, checked by the program, returned and accepted', async () => {
  await dayComes(2);
  await does('anna', 'startLesson', { lessonId: ids['The past'] }, 'lesson { id }');
  expect(await refusals('completeLesson', { lessonId: ids['The past'] })).toEqual(['HOMEWORK_NOT_SUBMITTED']);
  const [{ id: assignmentId } = { id: '' }] = await school.sql<{ id: string }>(
    'select id from learning.homework_assignments where homework_id = ?',
    [ids['homework']],
  );
  const first = await does(
    'anna',
    'submitHomework',
    { assignmentId, text: 'Last summer I go to Kazan with my sister.' },
    'submission { id }',
  );
  await checked(first.id);
  await dayComes(3);
  await reviews(first.id, 'RETURN', 'Tell more, and mind the past tense.');
  await dayComes(4);
  const second = await does('anna', 'submitHomework', { assignmentId, text: TEXT }, 'submission { id version }');
  expect(second).toMatchObject({ version: 2 });
  await checked(second.id);
  await reviews(second.id, 'ACCEPT', 'Much better!');
  expect(await standing()).toMatchObject({ percent: 40 });
  const [student] = await school.sql<{ id: string }>('select id from learning.students where user_id = ?', [
    people.anna.userId,
  ]);
  ids['student'] = student?.id ?? '';
  expect(await school.told(ids['student'])).toEqual(
    expect.arrayContaining(['homework.assigned', 'homework.submitted', 'homework.returned', 'homework.reviewed']),
  );
});

const stateOf = (id: string) =>
  school.ask<{ status: string; revision: number }>(
    'query ($id: ID!) { submission(id: $id) { status revision } }',
    { id },
    people.curator,
  );

async function checked(submissionId: string): Promise<void> {
  await expect.poll(async () => (await stateOf(submissionId)).status, { timeout: 60_000 }).not.toBe('SUBMITTED');
  expect(['AI_CHECKED', 'NEEDS_REVIEW']).toContain((await stateOf(submissionId)).status);
}

async function reviews(submissionId: string, decision: string, comment: string): Promise<void> {
  const { revision: expectedRevision } = await stateOf(submissionId);
  const rubric = await school.sql<{ rubric: { id: string; points: number }[] }>(
    'select rubric from learning.homework where id = ?',
    [ids['homework']],
  );
  const scores = (rubric[0]?.rubric ?? []).map(({ id, points }) => ({
    criterionId: id,
    score: decision === 'ACCEPT' ? points : 0,
  }));
  await does(
    'curator',
    'reviewSubmission',
    { submissionId, expectedRevision, decision, scores, comment },
    'submission { id }',
  );
}

it('days 5 and 6: a test is failed, not taken again at once, and passed the next day', async () => {
  await dayComes(5);
  expect(await takesTest(false)).toEqual({ percent: 0, passed: false });
  expect(await refusals('startAttempt', { testId: ids['test'] })).toEqual(['PAUSE_NOT_OVER']);
  expect(await refusals('completeLesson', { lessonId: ids['A test'] })).toEqual(['TEST_NOT_PASSED']);
  await dayComes(6);
  expect(await takesTest(true)).toEqual({ percent: 100, passed: true });
  expect(await standing()).toMatchObject({ percent: 60 });
});

it('day 24: who has been silent for weeks is seen by the curator, with true reasons', async () => {
  await dayComes(7);
  await school.runJob('score-all-risk');
  const before = await risk();
  await dayComes(24);
  await school.runJob('score-all-risk');
  const after = await risk();
  expect(after.score).toBeGreaterThan(before.score);
  const inactive = after.reasons.find(({ code }) => code === 'INACTIVE');
  expect(inactive).toMatchObject({ value: 18 });
  const done = { enrollmentId: ids['enrollment'], kind: 'CALL', note: 'She was ill, and goes on this week.' };
  expect(await does('curator', 'logIntervention', done, 'intervention { id scoreBefore }')).toMatchObject({
    scoreBefore: after.score,
  });
});

const risk = async () => {
  const query = 'query ($id: ID!) { student(id: $id) { risk { score level reasons { code value } } } }';
  const student = await school.ask<{ risk: { score: number; reasons: { code: string; value: number }[] } }>(
    query,
    { id: ids['student'] },
    people.curator,
  );
  return student.risk;
};

it('days 25 to 30: she goes on, completes the course, and has a certificate that anybody can verify', async () => {
  for (const [day, title] of [
    [25, 'The future'],
    [30, 'The end'],
  ] as const) {
    await dayComes(day);
    await does('anna', 'startLesson', { lessonId: ids[title] }, 'lesson { id }');
    await does('anna', 'completeLesson', { lessonId: ids[title] }, 'lesson { id }');
  }
  expect(await standing()).toEqual({
    status: 'COMPLETED',
    percent: 100,
    completedAt: expect.stringMatching(/^2025-09-30T09:00:0/),
  });
  const query = '{ myStudent { status certificates { edges { node { code score issuedAt } } } } }';
  interface Graduate {
    status: string;
    certificates: { edges: { node: { code: string; score: number; issuedAt: string } }[] };
  }
  const student = () => school.ask<Graduate>(query, {}, people.anna);
  await expect.poll(async () => (await student()).certificates.edges.length, { timeout: 25_000 }).toBe(1);
  const { status, certificates } = await student();
  expect(status).toBe('COMPLETED');
  // Mean of the test that was passed and the homework that was accepted.
  expect(certificates.edges[0]?.node).toMatchObject({
    score: 100,
    issuedAt: expect.stringMatching(/^2025-09-30T09:00:0/),
  });
  const verify = 'query ($code: String!) { verifyCertificate(code: $code) { status holderName courseTitle } }';
  expect(await school.ask(verify, { code: certificates.edges[0]?.node.code })).toEqual({
    status: 'VALID',
    holderName: 'Анна Лебедева',
    courseTitle: 'Английский на каждый день',
  });
});

it('the day after, the month is in the figures of the school', async () => {
  await dayComes(31, 10);
  await school.runJob('compute-daily-metrics');
  interface Day {
    day: string;
    activeStudents: number;
    lessonsCompleted: number;
    homeworkReviewed: number;
    completed: number;
  }
  const query =
    'query ($span: DaySpanInput!) { dailyMetrics(span: $span) { day activeStudents lessonsCompleted homeworkReviewed completed } }';
  const days = await school.ask<Day[]>(query, { span: { from: '2025-09-01', to: '2025-09-30' } }, people.admin);
  const sum = (of: (day: Day) => number) => days.reduce((total, day) => total + of(day), 0);
  expect(days).toHaveLength(30);
  expect([sum((day) => day.lessonsCompleted), sum((day) => day.homeworkReviewed), sum((day) => day.completed)]).toEqual(
    [5, 2, 1],
  );
  // On days 1, 2, 4, 5, 6, 25 and 30.
  expect(days.filter(({ activeStudents }) => activeStudents > 0).map(({ day }) => day.slice(-2))).toEqual([
    '01',
    '02',
    '04',
    '05',
    '06',
    '25',
    '30',
  ]);
});
