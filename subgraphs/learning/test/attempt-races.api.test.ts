import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Quiz, Quizzes } from './quizzes.js';

/** On an embedded database transactions come one after another. */
describe.runIf(isRealPostgres())('at once (runs when DATABASE_URL is set)', () => {
  let desk: Quizzes;
  let quiz: Quiz;

  beforeAll(async () => {
    desk = await Quizzes.open();
    quiz = await desk.quiz({
      questions: [{ kind: 'SHORT_TEXT', prompt: 'Yes?', accepted: ['yes'] }],
      settings: { timeLimitMinutes: 10, maxAttempts: 3 },
    });
  });

  afterAll(() => desk?.close());

  const attempts = (enrollmentId: string) =>
    desk.school.sql<{ id: string; status: string; percent: number | null }>(
      'select id, status, percent from learning.attempts where enrollment_id = ? order by number',
      [enrollmentId],
    );

  it('begun ten times is one attempt, and every call gets it', async () => {
    const { person, enrollmentId } = await desk.learner(quiz);
    const begun = await Promise.all(Array.from({ length: 10 }, () => desk.begin(quiz, person)));
    expect(new Set(begun.map(({ id }) => id)).size).toBe(1);
    expect(await attempts(enrollmentId)).toHaveLength(1);
  });

  it('begun again beside the job that closes the one before is one new attempt', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const { person, enrollmentId } = await desk.learner(quiz);
      const first = await desk.begin(quiz, person);
      await desk.late(first, 60);
      const [, ...begun] = await Promise.all([
        desk.school.runJob('close-overdue-attempts'),
        ...Array.from({ length: 4 }, () => desk.begin(quiz, person)),
      ]);
      expect(new Set(begun.map(({ id }) => id)).size).toBe(1);
      expect((await attempts(enrollmentId)).map(({ status }) => status)).toEqual(['EXPIRED', 'RUNNING']);
    }
  });

  it('handed in while the job closes it is graded once', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const { person, studentId } = await desk.learner(quiz);
      const attempt = await desk.begin(quiz, person);
      const [question] = attempt.questions;
      if (question) await desk.save(question, { text: 'yes' }, person);
      await desk.late(attempt, 60);
      const [one, other] = await Promise.all([
        desk.submit(attempt, person),
        desk.submit(attempt, person),
        desk.school.runJob('close-overdue-attempts'),
      ]);
      expect([one, other]).toMatchObject(Array(2).fill({ status: 'EXPIRED', percent: 100 }));
      const told = await desk.school.told(studentId);
      expect(told.filter((event) => event === 'test.graded')).toHaveLength(1);
      expect(told.filter((event) => event === 'lesson.completed')).toHaveLength(1);
    }
  });

  it('an answer that is saved while the attempt is handed in is graded, or refused', async () => {
    for (let turn = 0; turn < 10; turn++) {
      const { person, enrollmentId } = await desk.learner(quiz);
      const attempt = await desk.begin(quiz, person);
      const [question] = attempt.questions;
      if (!question) throw new Error('There is no question');
      const [saved] = await Promise.all([desk.save(question, { text: 'yes' }, person), desk.submit(attempt, person)]);
      const [graded] = await attempts(enrollmentId);
      expect(graded).toMatchObject({ status: 'SUBMITTED', percent: saved.refused.length > 0 ? 0 : 100 });
    }
  });

  it('of answers that are saved together the one with the greatest number stays', async () => {
    const { person } = await desk.learner(quiz);
    const attempt = await desk.begin(quiz, person);
    const [question] = attempt.questions;
    if (!question) throw new Error('There is no question');
    const numbers = [7, 3, 9, 1, 8, 2, 6, 4, 5];
    await Promise.all(numbers.map((sequence) => desk.save(question, { text: `${sequence}` }, person, sequence)));
    expect((await desk.look(attempt, person))?.questions[0]).toMatchObject({ typed: '9', sequence: 9 });
  });

  it('two authors who edit a question do not overwrite each other', async () => {
    const [questionId] = quiz.questionIds;
    const question = { kind: 'SHORT_TEXT', prompt: 'Yes!', accepted: ['yes'] };
    const edits = await Promise.all(
      [1, 2].map(() =>
        desk.school.mutate('updateQuestion', { questionId, revision: 1, question }, desk.author, 'question { id }'),
      ),
    );
    expect(edits.flatMap(({ refused }) => refused)).toEqual(['QUESTION_CHANGED']);
  });
});
