import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { expect, test } from 'vitest';
import { findCycle } from '../lessons/prerequisite.rules.js';
import { readCommentTemplates, readCourses } from './course-files.js';
import { generateLearningDemo } from './generate.js';

const options = {
  seed: 7,
  tutors: 64,
  orders: 30,
  now: new Date('2026-11-21T09:00:00Z'),
  files: await readCourses(),
  templates: await readCommentTemplates(),
};
const demo = generateLearningDemo(options);

test('the same options give the same school, and another seed another one', () => {
  expect(generateLearningDemo(options)).toEqual(demo);
  expect(generateLearningDemo({ ...options, seed: 8 }).attempts).not.toEqual(demo.attempts);
});

test('there are three courses whose lessons say something, come after those they wait for, and can all be begun', () => {
  expect(demo.courses).toHaveLength(3);
  expect(demo.lessons.length).toBeGreaterThanOrEqual(34);
  for (const { kind, body } of demo.lessons) {
    expect(String(body).split(/\s+/).length).toBeGreaterThan(kind === 'QUIZ' ? 12 : 150);
  }
  const order = demo.lessons.map(({ id }) => id);
  for (const { lessonId, requiredId } of demo.prerequisites) {
    expect(order.indexOf(String(requiredId))).toBeGreaterThanOrEqual(0);
    expect(order.indexOf(String(requiredId))).toBeLessThan(order.indexOf(String(lessonId)));
  }
  expect(findCycle(demo.prerequisites as { lessonId: string; requiredId: string }[])).toEqual([]);
  const tested = demo.tests.map(({ lessonId }) => lessonId);
  const quizzes = demo.lessons.filter(({ kind }) => kind === 'QUIZ');
  expect(quizzes.map(({ id }) => id)).toEqual(tested);
});

test('forty students stand in every way, the fixed one among them, in groups of the fixed curator', () => {
  expect(demo.students).toHaveLength(40);
  const standing = Map.groupBy(demo.students, ({ status }) => String(status));
  for (const status of ['ACTIVE', 'AT_RISK', 'DROPPED', 'COMPLETED']) {
    expect(standing.get(status)?.length ?? 0, status).toBeGreaterThanOrEqual(2);
  }
  const fixed = demo.students.find(({ userId }) => userId === FIXED_PEOPLE.STUDENT.id);
  const enrolled = demo.enrollments.find(({ studentId }) => studentId === fixed?.id);
  expect(enrolled?.status).toBe('ACTIVE');
  expect(Number(enrolled?.percent)).toBeGreaterThan(20);
  const group = demo.cohorts.find(({ id }) => id === enrolled?.cohortId);
  expect(group?.curatorId).toBe(FIXED_PEOPLE.CURATOR.id);
});

test('homework is in every state, and what curators note stands where they say', () => {
  for (const status of ['DRAFT', 'NEEDS_REVIEW', 'REVIEWED', 'RETURNED']) {
    expect(
      demo.submissions.some((one) => one.status === status),
      status,
    ).toBe(true);
  }
  const texts = new Map(demo.submissions.map(({ id, text }) => [id, String(text)]));
  const notes = options.files.flatMap(({ modules }) =>
    modules.flatMap(({ lessons }) =>
      lessons.flatMap(({ homework }) => homework?.samples.flatMap((one) => one.notes) ?? []),
    ),
  );
  const quotes = new Set(notes.map(({ quote }) => quote));
  expect(demo.annotations.length).toBeGreaterThan(40);
  for (const { submissionId, start, end } of demo.annotations) {
    expect(quotes).toContain(texts.get(String(submissionId))?.slice(Number(start), Number(end)));
  }
  expect(demo.checks.flatMap(({ edits }) => edits).length).toBeGreaterThan(50);
  for (const { submissionId, edits } of demo.checks) {
    for (const { start, end, original } of edits as { start: number; end: number; original: string }[]) {
      expect(texts.get(String(submissionId))?.slice(start, end)).toBe(original);
    }
  }
  expect(demo.extensions.length).toBeGreaterThan(0);
  expect(demo.templates.length).toBeGreaterThanOrEqual(12);
});

test('nothing lies in the future or before it could have happened, and progress says what was done', () => {
  const enrolled = new Map(demo.enrollments.map((one) => [one.id, one]));
  for (const { enrollmentId, startedAt, completedAt } of demo.progress) {
    const { enrolledAt } = enrolled.get(String(enrollmentId)) ?? {};
    expect(startedAt >= (enrolledAt ?? options.now)).toBe(true);
    expect(startedAt <= options.now && (completedAt ?? startedAt) <= options.now).toBe(true);
  }
  const homework = new Set(demo.homework.flatMap(({ lessonId, isRequired }) => (isRequired ? [lessonId] : [])));
  const accepted = new Set(
    demo.assignments.flatMap((one) => (one.status === 'REVIEWED' ? [`${one.enrollmentId}`] : [])),
  );
  for (const { enrollmentId, lessonId, status } of demo.progress) {
    if (status !== 'COMPLETED') continue;
    if (homework.has(lessonId ?? '')) expect(accepted.has(String(enrollmentId))).toBe(true);
    const test = demo.tests.find((one) => one.lessonId === lessonId);
    const passed = demo.attempts.some(
      (one) => one.testId === test?.id && one.enrollmentId === enrollmentId && one.passed,
    );
    if (test) expect(passed).toBe(true);
  }
  const days = demo.activityDays.map(({ day }) => String(day)).sort();
  expect((days.at(-1) ?? '') <= '2026-11-21').toBe(true);
  expect((days[0] ?? '') < '2026-06-15').toBe(true);
});
