import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { isUnionType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unmetTests } from '../src/tests/test-duty.js';
import { NOBODY } from './learning-fixtures.js';
import { type Quiz, Quizzes, rightAnswer, type SeenAttempt, shortTexts } from './quizzes.js';

let desk: Quizzes;
/** All six kinds, 60 minutes, as often as one likes, reviewed after passing. */
let six: Quiz;

beforeAll(async () => {
  desk = await Quizzes.open();
  six = await desk.quiz({ settings: { timeLimitMinutes: 60 } });
});

afterAll(() => desk?.close());

const refused = async (testId: string, person: Parameters<Quizzes['begin']>[1]) =>
  (await desk.school.mutate('startAttempt', { testId }, person, 'attempt { id }')).refused;

describe('an attempt', () => {
  it('shows a question of each kind, is the one that runs when it is begun again, and looks the same each time', async () => {
    const { person } = await desk.learner(six);
    const attempt = await desk.begin(six, person);
    expect(attempt).toMatchObject({ number: 1, status: 'RUNNING', percent: null, passed: null, review: null });
    expect(attempt.questions.map(({ __typename: type }) => type).toSorted()).toEqual([
      ...['ChoiceQuestion', 'ChoiceQuestion', 'GapQuestion', 'MatchQuestion', 'OrderQuestion', 'TextQuestion'],
    ]);
    expect(attempt.questions.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Date(attempt.deadlineAt ?? 0).getTime() - Date.now()).toBeGreaterThan(59 * 60_000);
    expect(await desk.begin(six, person)).toEqual(attempt);
    expect(await desk.look(attempt, person)).toEqual(attempt);
    const shown = `query ($id: ID!) { test(id: $id) { questionCount passingPercent items { __typename }
      myStanding { mayStart availableAt attemptsLeft hasPassed } myRunningAttempt { id } lesson { id test { id } } } }`;
    expect(await desk.school.ask(shown, { id: six.testId }, person)).toEqual({
      questionCount: 6,
      passingPercent: 70,
      items: null,
      myStanding: { mayStart: true, availableAt: null, attemptsLeft: null, hasPassed: false },
      myRunningAttempt: { id: attempt.id },
      lesson: { id: six.lessonId, test: { id: six.testId } },
    });
  });

  it('tells nothing of what is right before it may: not by a field, not by ids, not by an order', async () => {
    const { person } = await desk.learner(six);
    const attempt = await desk.begin(six, person);
    for (const question of attempt.questions) await desk.save(question, rightAnswer(question), person);
    const seen = JSON.stringify(await desk.look(attempt, person));
    for (const secret of ['written', 'secretform', 'secret present', 'Because', 'isRight', 'have lived', 'since']) {
      expect(seen.includes(secret)).toBe(false);
    }
    const asAuthor = 'query ($id: ID!) { questionBank(id: $id) { id } }';
    expect((await desk.school.run(asAuthor, { id: six.bankId }, person)).codes).toEqual(['FORBIDDEN']);
    const schema = desk.school.graph.rooms.get('learning')?.subgraph.schema;
    const telling = Object.values(schema?.getTypeMap() ?? {}).flatMap((type) => {
      if (!('getFields' in type) || isUnionType(type)) return [];
      const fields = Object.values(type.getFields()).filter((field) => `${field.type}`.includes('QuestionKey'));
      return fields.map(({ name }) => `${type.name}.${name}`);
    });
    expect(telling.toSorted()).toEqual(['QuestionReview.key', 'QuestionRevision.key']);
    // A wrong answer is taken like a right one.
    const [text] = attempt.questions.filter(({ __typename: type }) => type === 'TextQuestion');
    if (!text) throw new Error('There is no text question');
    const wrong = await desk.save({ ...text, sequence: 5 }, { text: 'wrote' }, person);
    const right = await desk.save({ ...text, sequence: 6 }, { text: 'written' }, person);
    const without = ({ payload }: typeof wrong) =>
      JSON.stringify(payload)
        .replace(/wrote|written/, '')
        .replace(/"sequence":\d/, '');
    expect(without(wrong)).toBe(without(right));
  });

  it('comes in another order to somebody else', async () => {
    const quiz = await desk.quiz({ questions: shortTexts(12) });
    const orders = new Set<string>();
    for (let count = 0; count < 3; count++) {
      const { person } = await desk.learner(quiz);
      orders.add((await desk.begin(quiz, person)).questions.map(({ prompt }) => prompt).join());
    }
    expect(orders.size).toBe(3);
  });

  it('is graded when it is handed in, once; whoever passes completes the lesson', async () => {
    const { person, studentId, enrollmentId } = await desk.learner(six);
    const attempt = await desk.begin(six, person);
    for (const question of attempt.questions) await desk.save(question, rightAnswer(question), person);
    expect(await unmetTests(desk.school.em, enrollmentId, six.lessonId)).toBe(true);
    const done = await desk.submit(attempt, person);
    expect(done).toMatchObject({ status: 'SUBMITTED', percent: 100, passed: true, counts: true });
    expect(done).toMatchObject({ earnedPoints: 8, possiblePoints: 8 });
    expect(done.review).toHaveLength(6);
    expect(await desk.submit(attempt, person)).toEqual(done);
    expect(await unmetTests(desk.school.em, enrollmentId, six.lessonId)).toBe(false);
    const told = await desk.school.told(studentId);
    expect(told.filter((event) => event === 'test.graded')).toHaveLength(1);
    expect(told.filter((event) => event === 'lesson.completed')).toHaveLength(1);
    const [day] = await desk.school.sql<{ tests: number }>(
      'select tests from learning.activity_days where student_id = ?',
      [studentId],
    );
    expect(day).toEqual({ tests: 1 });
  });

  it('earns for each question what its kind says, and does not pass by a hair', async () => {
    const { person, studentId, enrollmentId } = await desk.learner(six);
    const attempt = await desk.begin(six, person);
    const by = (type: string, prompt = '') => {
      const found = attempt.questions.find((one) => one.__typename === type && one.prompt.includes(prompt));
      if (!found) throw new Error(`There is no ${type}`);
      return found;
    };
    const id = (all: { id: string; text: string }[] = [], text: string) => all.find((one) => one.text === text)?.id;
    const modal = by('ChoiceQuestion', 'modal');
    const order = by('OrderQuestion');
    const match = by('MatchQuestion');
    const pair = { promptId: id(match.prompts, 'listen'), choiceId: id(match.choices, 'to') };
    const words = ['have', 'you', 'been', 'Where'].map((text) => id(order.items, text));
    await desk.save(modal, { optionIds: [id(modal.options, 'can')] }, person);
    await desk.save(order, { itemIds: words }, person);
    await desk.save(match, { pairs: [pair] }, person);
    await desk.save(by('GapQuestion'), { gapTexts: ['have lived', ''] }, person);
    const done = await desk.submit(attempt, person);
    // 1 of 2, 2/3 of 2, 1/2 and 1/2.
    expect(done).toMatchObject({ earnedPoints: 3.33, percent: 41, passed: false, review: null });
    expect(await desk.school.told(studentId)).not.toContain('lesson.completed');
    expect(await unmetTests(desk.school.em, enrollmentId, six.lessonId)).toBe(true);
  });
});

describe('an answer', () => {
  it('is kept when its number is greater, and can be taken back', async () => {
    const quiz = await desk.simple();
    const { person } = await desk.learner(quiz);
    const [question] = (await desk.begin(quiz, person)).questions;
    if (!question) throw new Error('There is no question');
    const kept = async (text: string | null, sequence: number) =>
      (await desk.save(question, text === null ? {} : { text }, person, sequence)).payload?.['question'];
    const now = Date.now();
    expect(await kept('second', now)).toMatchObject({ typed: 'second', sequence: now, isAnswered: true });
    expect(await kept('first', now - 1)).toMatchObject({ typed: 'second', sequence: now });
    expect(await kept('again', now)).toMatchObject({ typed: 'second' });
    expect(await kept(null, now + 1)).toMatchObject({ typed: null, isAnswered: false, sequence: now + 1 });
  });

  it('is refused when it does not fit, of others, and when the attempt is over', async () => {
    const quiz = await desk.simple();
    const { person } = await desk.learner(quiz);
    const { person: other } = await desk.learner(quiz);
    const attempt = await desk.begin(quiz, person);
    const [question] = attempt.questions;
    if (!question) throw new Error('There is no question');
    const unfit = async (answer: object, who = person, changed = question) =>
      (await desk.save(changed, answer, who)).refused;
    expect(await unfit({ optionIds: ['x'] })).toEqual(['INVALID_INPUT']);
    expect(await unfit({ text: 'x'.repeat(301) })).toEqual(['INVALID_INPUT']);
    expect(await unfit({ text: 'yes' }, other)).toEqual(['NOT_FOUND']);
    expect(await unfit({ optionIds: ['x'] }, other)).toEqual(['NOT_FOUND']);
    expect(await unfit({ text: 'yes' }, person, { ...question, id: NOBODY })).toEqual(['NOT_FOUND']);
    expect((await desk.school.mutate('submitAttempt', { attemptId: attempt.id }, other)).refused).toEqual([
      'NOT_FOUND',
    ]);
    await desk.submit(attempt, person);
    expect(await unfit({ text: 'yes' })).toEqual(['ATTEMPT_OVER']);
  });
});

describe('a deadline', () => {
  it('lets answers in that were on their way, and no later ones; what was saved in time is graded', async () => {
    const quiz = await desk.simple({ timeLimitMinutes: 10 });
    const { person, studentId } = await desk.learner(quiz);
    const attempt = await desk.begin(quiz, person);
    const [question] = attempt.questions;
    if (!question) throw new Error('There is no question');
    await desk.late(attempt, 5);
    expect((await desk.save(question, { text: 'yes' }, person, 1)).refused).toEqual([]);
    await desk.late(attempt, 16);
    expect((await desk.save(question, { text: 'no' }, person, 2)).refused).toEqual(['ATTEMPT_OVER']);
    const over = await desk.look(attempt, person);
    expect(over).toMatchObject({ status: 'EXPIRED', passed: true, percent: 100 });
    expect(over).toMatchObject({ closedAt: over?.deadlineAt });
    expect(await desk.submit(attempt, person)).toMatchObject({ status: 'EXPIRED', passed: true });
    expect(await desk.school.told(studentId)).toContain('lesson.completed');
  });

  it('ends an attempt by itself: by the job, on next sight, and when it is handed in too late', async () => {
    const quiz = await desk.simple({ timeLimitMinutes: 10 });
    const ways: ((attempt: SeenAttempt, person: Parameters<Quizzes['begin']>[1]) => Promise<unknown>)[] = [
      () => desk.school.runJob('close-overdue-attempts'),
      (attempt, person) => desk.look(attempt, person),
      (attempt, person) => desk.submit(attempt, person),
      (_, person) => desk.begin(quiz, person),
    ];
    for (const [index, end] of ways.entries()) {
      const { person } = await desk.learner(quiz);
      const attempt = await desk.begin(quiz, person);
      await desk.late(attempt, 60);
      const standing = 'query ($id: ID!) { test(id: $id) { myStanding { mayStart } myRunningAttempt { id } } }';
      expect(await desk.school.ask(standing, { id: quiz.testId }, person)).toEqual({
        myStanding: { mayStart: true },
        myRunningAttempt: null,
      });
      await end(attempt, person);
      const [row] = await desk.school.sql('select status, percent from learning.attempts where id = ?', [attempt.id]);
      expect([index, row]).toEqual([index, { status: 'EXPIRED', percent: 0 }]);
    }
  });
});

describe('another attempt', () => {
  it('begins after the pause, and only as often as the rule says', async () => {
    const quiz = await desk.simple({ maxAttempts: 2, retakePauseMinutes: 30 });
    const { person } = await desk.learner(quiz);
    const first = await desk.answered(quiz, person, 'no');
    const query = `mutation ($input: StartAttemptInput!) {
      startAttempt(input: $input) { attempt { id } userErrors { code availableAt } } }`;
    const paused = await desk.school.ask(query, { input: { testId: quiz.testId } }, person);
    const [error] = paused['userErrors'] as { code: string; availableAt: string }[];
    expect(error?.code).toBe('PAUSE_NOT_OVER');
    expect(Math.abs(new Date(error?.availableAt ?? 0).getTime() - Date.now() - 30 * 60_000)).toBeLessThan(60_000);
    await desk.endedBefore(first, 31);
    expect(await desk.answered(quiz, person, 'no')).toMatchObject({ number: 2 });
    expect(await refused(quiz.testId, person)).toEqual(['ATTEMPTS_USED_UP']);
    const standing = 'query ($id: ID!) { test(id: $id) { myStanding { mayStart attemptsLeft hasPassed } } }';
    expect(await desk.school.ask(standing, { id: quiz.testId }, person)).toEqual({
      myStanding: { mayStart: false, attemptsLeft: 0, hasPassed: false },
    });
  });

  it('may be granted by a curator of the student: more often, longer, at once; and not to oneself', async () => {
    const quiz = await desk.simple({ maxAttempts: 1, retakePauseMinutes: 30, timeLimitMinutes: 10 });
    const { cohortId, curator } = await desk.school.cohort(quiz.courseId);
    const { person, studentId } = await desk.learner(quiz, cohortId);
    const failed = await desk.answered(quiz, person, 'no');
    expect(failed.review).toHaveLength(1);
    const input = { studentId, testId: quiz.testId, extraAttempts: 2, extraMinutes: 5, waivesPause: true };
    const grant = (changed: object = {}, who = curator) =>
      desk.school.mutate(
        'grantTestAllowance',
        { ...input, ...changed },
        who,
        'allowance { extraAttempts extraMinutes }',
      );
    expect((await grant({}, (await desk.school.cohort(quiz.courseId)).curator)).refused).toEqual(['NOT_FOUND']);
    expect((await grant({}, person)).codes).toEqual(['FORBIDDEN']);
    expect((await grant({ testId: six.testId })).refused).toEqual(['NOT_ENROLLED']);
    expect((await grant({ extraAttempts: 21 })).refused).toEqual(['INVALID_INPUT']);
    expect((await grant()).payload).toMatchObject({ allowance: { extraAttempts: 2, extraMinutes: 5 } });
    const standing = 'query ($id: ID!) { test(id: $id) { myStanding { mayStart attemptsLeft timeLimitMinutes } } }';
    expect(await desk.school.ask(standing, { id: quiz.testId }, person)).toEqual({
      myStanding: { mayStart: true, attemptsLeft: 2, timeLimitMinutes: 15 },
    });
    expect((await desk.look(failed, person))?.review).toBeNull();
    const longer = await desk.begin(quiz, person);
    expect(Date.parse(longer.deadlineAt ?? '') - Date.now()).toBeGreaterThan(14 * 60_000);
    await grant({ extraMinutes: 20, waivesPause: false });
    const extended = await desk.look(longer, person);
    expect(Date.parse(extended?.deadlineAt ?? '') - Date.parse(longer.deadlineAt ?? '')).toBe(15 * 60_000);
    await grant();
    expect(await desk.look(longer, person)).toMatchObject({ deadlineAt: extended?.deadlineAt });
    await desk.school.sql('update learning.test_allowances set pause_waived_at = ? where test_id = ?', [
      new Date(Date.now() - 60_000),
      quiz.testId,
    ]);
    await desk.submit(longer, person);
    // The pause was waived once.
    expect(await refused(quiz.testId, person)).toEqual(['PAUSE_NOT_OVER']);
    await desk.school.sql('update learning.students set user_id = ? where id = ?', [curator.userId, studentId]);
    expect((await grant()).refused).toEqual(['OWN_ALLOWANCE']);
  });

  it('counts by the rule: the best, or the last', async () => {
    for (const [counting, expected] of [
      ['BEST', [true, false]],
      ['LAST', [false, true]],
    ] as const) {
      const quiz = await desk.simple({ counting });
      const { person, enrollmentId } = await desk.learner(quiz);
      const attempts = [await desk.answered(quiz, person, 'yes'), await desk.answered(quiz, person, 'no')];
      const counts = await Promise.all(attempts.map(async (attempt) => (await desk.look(attempt, person))?.counts));
      expect([counting, counts]).toEqual([counting, expected]);
      expect(await unmetTests(desk.school.em, enrollmentId, quiz.lessonId)).toBe(counting === 'LAST');
    }
  });

  it('is refused to whoever does not learn the course, while the lesson is locked, and of a draft', async () => {
    const quiz = await desk.simple({}, true);
    const { person, enrollmentId } = await desk.learner(quiz);
    expect(await refused(quiz.testId, person)).toEqual(['LESSON_LOCKED']);
    await desk.school.completed(enrollmentId, quiz.lessonIds.slice(0, 1));
    expect(await refused(quiz.testId, person)).toEqual([]);
    expect(await refused(quiz.testId, (await desk.school.student()).person)).toEqual(['NOT_ENROLLED']);
    expect(await refused(quiz.testId, await desk.school.graph.person('STUDENT'))).toEqual(['NOT_A_STUDENT']);
    const left = await desk.school.student();
    await desk.school.enrollment(left.studentId, quiz, { status: 'DROPPED' });
    expect(await refused(quiz.testId, left.person)).toEqual(['NOT_ENROLLED']);
    const draft = await desk.quiz({ questions: shortTexts(1), published: false });
    expect(await refused(draft.testId, person)).toEqual(['NOT_FOUND']);
    expect(await refused(NOBODY, person)).toEqual(['NOT_FOUND']);
  });
});

describe('a review', () => {
  const reviewed = async (attempt: { id: string }, person: Parameters<Quizzes['begin']>[1]) =>
    (await desk.look(attempt, person))?.review ?? null;

  it('shows what is right and why, for each kind', async () => {
    const { person } = await desk.learner(six);
    const { review } = await desk.sit(six, person, ['OrderQuestion']);
    const shown = review?.map(({ key, isRight, earnedPoints }) => [
      (key as { __typename: string }).__typename,
      isRight,
      earnedPoints,
    ]);
    expect(shown?.toSorted()).toEqual([
      ['ChoiceKey', true, 1],
      ['ChoiceKey', true, 2],
      ['GapKey', true, 1],
      ['MatchKey', true, 1],
      ['OrderKey', false, 0],
      ['TextKey', true, 1],
    ]);
    const json = JSON.stringify(review);
    for (const part of [
      'Because *went* is.',
      'secretform',
      'secret present',
      'have lived',
      '"distractors":[{"text":"at"}]',
    ])
      expect(json).toContain(part);
    expect(json).toContain('"items":[{"text":"Where"},{"text":"have"},{"text":"you"},{"text":"been"}]');
  });

  it('is there by the rule of the test, and never while the student tries again', async () => {
    const never = await desk.simple({ review: 'NEVER' });
    const { person } = await desk.learner(never);
    expect((await desk.answered(never, person, 'yes')).review).toBeNull();

    const after = await desk.simple({ review: 'AFTER_SUBMISSION' });
    const { person: second } = await desk.learner(after);
    const failed = await desk.answered(after, second, 'no');
    expect(failed.review).toHaveLength(1);
    const again = await desk.begin(after, second);
    expect(await reviewed(failed, second)).toBeNull();
    await desk.submit(again, second);
    expect(await reviewed(failed, second)).toHaveLength(1);

    const passing = await desk.simple({ review: 'AFTER_PASSING', maxAttempts: 2 });
    const { person: third } = await desk.learner(passing);
    const lost = await desk.answered(passing, third, 'no');
    expect(lost.review).toBeNull();
    expect((await desk.answered(passing, third, 'no')).review).toHaveLength(1);
    expect(await reviewed(lost, third)).toHaveLength(1);
  });

  it('is for curators of the student’s cohort whatever the rule, and for nobody else', async () => {
    const quiz = await desk.simple({ review: 'NEVER' });
    const { cohortId, curator } = await desk.school.cohort(quiz.courseId);
    const { person } = await desk.learner(quiz, cohortId);
    const attempt = await desk.answered(quiz, person, 'no');
    expect(await reviewed(attempt, curator)).toHaveLength(1);
    expect(await reviewed(attempt, desk.author)).toHaveLength(1);
    expect(await desk.look(attempt, await desk.school.graph.person('CURATOR'))).toBeNull();
    expect(await desk.look(attempt, (await desk.learner(quiz)).person)).toBeNull();
    const { codes } = await desk.school.run('query ($id: ID!) { attempt(id: $id) { id } }', { id: attempt.id });
    expect(codes).toEqual(['UNAUTHENTICATED']);
  });
});

it('an attempt takes the same statements from its beginning to its end for many questions as for few', async () => {
  const count = async (questions: number) => {
    const quiz = await desk.quiz({ questions: shortTexts(questions) });
    const { person } = await desk.learner(quiz);
    const begun = await withStatements(() => desk.begin(quiz, person));
    const saved = await withStatements(async () => {
      const [question] = begun.result.questions;
      if (question) await desk.save(question, { text: 'yes' }, person);
    });
    const ended = await withStatements(() => desk.submit(begun.result, person));
    return [begun, saved, ended].map(({ statements }) => statements.length);
  };
  expect(await count(12)).toEqual(await count(2));
});
