import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { learningPrivacy } from '../src/privacy/learning-privacy.js';
import { cloneTests } from '../src/tests/clone-tests.js';
import { untestedQuizzes } from '../src/tests/test-duty.js';
import { NOBODY } from './learning-fixtures.js';
import { AUTHORED, Quizzes, SIX, shortTexts } from './quizzes.js';

let desk: Quizzes;
let courseId: string;

beforeAll(async () => {
  desk = await Quizzes.open();
  ({ courseId } = await desk.school.course());
});

afterAll(() => desk?.close());

const yes = { kind: 'SHORT_TEXT', prompt: 'Yes?', accepted: ['yes'] };

/** What a mutation is refused with, and at which field. */
async function refused(field: string, input: object, selection: string, person: TestPerson = desk.author) {
  const { payload } = await desk.school.mutate(field, input, person, selection);
  const errors = (payload?.['userErrors'] ?? []) as { code: string; field: string[] | null }[];
  return errors.map(({ code, field: path }) => `${code} ${path?.slice(1).join('.')}`);
}

const audited = async (resourceId: string): Promise<string[]> => {
  const rows = await desk.school.sql<{ action: string }>(
    `select event -> 'data' ->> 'action' as action from learning.outbox
      where event ->> 'type' like '%staff-action%' and event ->> 'subject' = ? order by sequence`,
    [resourceId],
  );
  return rows.map(({ action }) => action.replace('learning.', ''));
};

describe('a question bank', () => {
  it('has a title of its own in its course, and tells its questions and tags', async () => {
    const bankId = await desk.bank(courseId, 'Tenses');
    expect(await refused('createQuestionBank', { courseId, title: ' tenses ' }, 'bank { id }')).toEqual([
      'TITLE_TAKEN title',
    ]);
    expect(await refused('createQuestionBank', { courseId: NOBODY, title: 'x' }, 'bank { id }')).toEqual([
      'NOT_FOUND courseId',
    ]);
    const [first = ''] = await desk.questions(bankId, [
      { ...yes, tags: ['Past', 'verbs'] },
      { ...yes, tags: ['past'] },
      yes,
    ]);
    await desk.retire(first);
    const query = `query ($id: ID!) { questionBank(id: $id) { title description tags { tag count }
      questions(first: 2) { totalCount pageInfo { hasNextPage } edges { node { id tags current { number } } } } } }`;
    const input =
      'mutation ($input: UpdateQuestionBankInput!) { updateQuestionBank(input: $input) { userErrors { code } } }';
    await desk.school.ask(input, { input: { bankId, title: 'All tenses', description: 'For A2' } }, desk.author);
    expect(await desk.school.ask(query, { id: bankId }, desk.author)).toMatchObject({
      title: 'All tenses',
      description: 'For A2',
      tags: [{ tag: 'past', count: 1 }],
      questions: { totalCount: 3, pageInfo: { hasNextPage: true }, edges: [{ node: { id: first } }, {}] },
    });
    const banks = `query ($courseId: ID!) { questionBanks(courseId: $courseId) { totalCount edges { node { title } } } }`;
    expect(await desk.school.ask(banks, { courseId }, desk.author)).toMatchObject({ totalCount: 1 });
    expect(await audited(bankId)).toEqual(['question-bank.create', 'question.import', 'question-bank.update']);
    expect(await audited(first)).toEqual(['question.retire']);
  });
});

describe('a question', () => {
  it('of each kind is shown to authors as it was written, and edited as a new revision', async () => {
    const bankId = await desk.bank(courseId, 'Six');
    const add = async (question: object) =>
      await desk.made<{ id: string; current: object }>('addQuestion', { bankId, question }, `question { ${AUTHORED} }`);
    const made = [];
    for (const question of SIX) made.push(await add(question));
    expect(made.map(({ current }) => current)).toMatchObject([
      { kind: 'SINGLE', points: 1, key: { options: [{ text: 'went', isRight: true }, {}, {}, {}] } },
      { kind: 'MULTIPLE', points: 2 },
      { key: { accepted: ['written', 'has written'], isCaseSensitive: false, typosAllowed: 1 } },
      { key: { items: [{ text: 'Where' }, { text: 'have' }, { text: 'you' }, { text: 'been' }] } },
      { key: { pairs: [{ prompt: { text: 'depend' }, choice: { text: 'on' } }, {}], distractors: [{ text: 'at' }] } },
      { key: { texts: ['I ', ' here ', ' May.'], gaps: [{ accepted: ['have lived', '’ve lived'] }, {}] } },
    ]);
    const edit = { questionId: made[0]?.id, revision: 1, question: { ...yes, tags: ['new'] } };
    expect(await desk.made('updateQuestion', edit, `question { ${AUTHORED} }`)).toMatchObject({
      tags: ['new'],
      current: { number: 2, kind: 'SHORT_TEXT', prompt: 'Yes?' },
    });
    expect(await refused('updateQuestion', edit, 'question { id }')).toEqual(['QUESTION_CHANGED revision']);
    expect(await audited(made[0]?.id ?? '')).toEqual(['question.update']);
  });

  it('is refused when it cannot be answered; of an import with one such question nothing is added', async () => {
    const bankId = await desk.bank(courseId, 'Refused');
    const unfit = { kind: 'SINGLE', prompt: 'Which?', options: ['a', 'b'].map((text) => ({ text, isRight: false })) };
    expect(await refused('addQuestion', { bankId, question: { ...yes, accepted: [] } }, 'question { id }')).toEqual([
      'INVALID_INPUT question.accepted',
    ]);
    expect(await refused('importQuestions', { bankId, questions: [yes, unfit] }, 'questions { id }')).toEqual([
      'INVALID_INPUT questions.1.options',
    ]);
    expect(await refused('addQuestion', { bankId: NOBODY, question: yes }, 'question { id }')).toEqual([
      'NOT_FOUND bankId',
    ]);
    const [row] = await desk.school.sql('select count(*)::int as count from learning.questions where bank_id = ?', [
      bankId,
    ]);
    expect(row).toEqual({ count: 0 });
  });

  it('tells how hard it is and whether it tells apart who knows the matter, by first attempts', async () => {
    const quiz = await desk.quiz({ questions: [0, 1, 2].map((index) => ({ ...yes, prompt: `Question ${index}` })) });
    const sit = async (rightPrompts: readonly number[], again = false) => {
      const { person } = await desk.learner(quiz);
      for (const prompts of again ? [rightPrompts, [0, 1, 2]] : [rightPrompts]) {
        const attempt = await desk.begin(quiz, person);
        for (const question of attempt.questions) {
          const text = prompts.includes(Number(question.prompt.at(-1))) ? 'yes' : 'no';
          await desk.save(question, { text }, person);
        }
        await desk.submit(attempt, person);
      }
    };
    for (const right of [[0, 1, 2], [0, 1], [0], [0, 2]]) await sit(right);
    await sit([0], true);
    const query = `query ($id: ID!) { questionBank(id: $id) { questions { edges { node {
      statistics { answers difficulty discrimination } } } } } }`;
    const { questions } = await desk.school.ask<{
      questions: { edges: { node: { statistics: { answers: number; difficulty: number; discrimination: number } } }[] };
    }>(query, { id: quiz.bankId }, desk.author);
    const [easy, good] = questions.edges.map(({ node }) => node.statistics);
    expect(easy).toEqual({ answers: 5, difficulty: 1, discrimination: null });
    expect(good?.difficulty).toBeCloseTo(0.4);
    // Pearson's of 1 1 0 0 0 and 1 0.5 0.5 1 0.5.
    expect(good?.discrimination).toBeCloseTo(0.1667, 3);
  });
});

describe('a page of questions', () => {
  it('is found by kind, tag, text and whether they are retired', async () => {
    const bankId = await desk.bank(courseId, 'Search');
    const ids = await desk.questions(bankId, [{ ...SIX[0], tags: ['past'] }, SIX[3], { ...yes, tags: ['past'] }]);
    await desk.retire(ids[2] ?? '');
    const found = async (filter: object) => {
      const query = `query ($filter: QuestionFilter!) { searchQuestions(filter: $filter) { totalCount edges { node { id } } } }`;
      const page = await desk.school.ask<{ edges: { node: { id: string } }[] }>(
        query,
        { filter: { bankId, ...filter } },
        desk.author,
      );
      return page.edges.map(({ node }) => ids.indexOf(node.id));
    };
    expect(await found({})).toEqual([0, 1, 2]);
    expect(await found({ kind: 'ORDER' })).toEqual([1]);
    expect(await found({ tag: ' Past ' })).toEqual([0, 2]);
    expect(await found({ tag: 'past', isRetired: false })).toEqual([0]);
    expect(await found({ isRetired: true })).toEqual([2]);
    expect(await found({ text: 'a QUESTION' })).toEqual([1]);
    expect(await found({ text: '%' })).toEqual([]);
    expect(await found({ bankId: 'nothing' })).toEqual([]);
  });

  it('takes the same statements for many as for few', async () => {
    const bankId = await desk.bank(courseId, 'Many');
    await desk.questions(bankId, [...SIX, ...SIX]);
    const query = `query ($id: ID!, $first: Int) { questionBank(id: $id) { tags { tag }
      questions(first: $first) { edges { node { ${AUTHORED} } } } } }`;
    const count = async (first: number) =>
      (await withStatements(() => desk.school.ask(query, { id: bankId, first }, desk.author))).statements.length;
    expect(await count(12)).toBe(await count(1));
  });
});

describe('the test of a quiz', () => {
  it('is defined once, of questions and banks of its course, with no more drawn than there are', async () => {
    const { lessonId, lessonIds, bankId, questionIds, testId } = await desk.quiz({
      questions: [yes],
      published: false,
    });
    const elsewhere = await desk.quiz({ questions: [yes] });
    const define = (input: object) => refused('defineTest', { lessonId, ...input }, 'test { id }');
    const [questionId] = questionIds;
    const update = (items: object[]) => refused('updateTest', { testId, items }, 'test { id }');
    expect(await define({ items: [{ questionId }] })).toEqual(['TEST_EXISTS lessonId']);
    expect(await define({ lessonId: lessonIds[0], items: [{ questionId }] })).toEqual(['NOT_A_QUIZ lessonId']);
    expect(await define({ lessonId: elsewhere.lessonId, items: [{ questionId }] })).toEqual([
      'VERSION_PUBLISHED lessonId',
    ]);
    expect(await update([{ questionId: elsewhere.questionIds[0] }])).toEqual(['NOT_FOUND items.0.questionId']);
    expect(await update([{ questionId }, { questionId }])).toEqual(['NOT_FOUND items.1.questionId']);
    expect(await update([{ bankId: elsewhere.bankId, count: 1 }])).toEqual(['NOT_FOUND items.0.bankId']);
    expect(await update([{ questionId }, { bankId, count: 1 }])).toEqual(['TOO_FEW_QUESTIONS items.1.count']);
    expect(await update([{ bankId, count: 1, tag: 'none' }])).toEqual(['TOO_FEW_QUESTIONS items.0.count']);
    expect(
      await update([
        { bankId, count: 1 },
        { bankId, count: 1 },
      ]),
    ).toEqual(['TOO_FEW_QUESTIONS items.1.count']);
    expect(await update([{ questionId, bankId, count: 1 }])).toEqual(['INVALID_INPUT items.0']);
    expect(await update([])).toEqual(['INVALID_INPUT items']);
    expect(await audited(testId)).toEqual(['test.define']);
  });

  it('changes in a draft only what is named, and in a published version nothing, whoever tries', async () => {
    const { versionId, testId, bankId } = await desk.quiz({
      questions: [yes],
      published: false,
      settings: { timeLimitMinutes: 5, counting: 'LAST' },
    });
    const selection = `test { passingPercent timeLimitMinutes maxAttempts counting review questionCount
      items { __typename ... on DrawnTestItem { bank { id } tag count } ... on FixedTestItem { question { id } } } }`;
    const changed = { testId, timeLimitMinutes: null, passingPercent: 50, items: [{ bankId, count: 1 }] };
    expect(await desk.made('updateTest', changed, selection)).toEqual({
      ...{ passingPercent: 50, timeLimitMinutes: null, maxAttempts: null, counting: 'LAST', review: 'AFTER_PASSING' },
      questionCount: 1,
      items: [{ __typename: 'DrawnTestItem', bank: { id: bankId }, tag: null, count: 1 }],
    });
    await desk.publish(versionId);
    expect(await refused('updateTest', { testId, passingPercent: 10 }, 'test { id }')).toEqual([
      'VERSION_PUBLISHED testId',
    ]);
    for (const statement of [
      `update learning.tests set passing_percent = 10 where id = ?`,
      'delete from learning.test_items where test_id = ?',
    ]) {
      await expect(desk.school.sql(statement, [testId])).rejects.toMatchObject({
        constraint: 'course_versions_immutable',
      });
    }
  });

  it('goes with the lesson into the next draft, and away when the lesson is no quiz any longer', async () => {
    const quiz = await desk.quiz({ questions: [yes], settings: { maxAttempts: 2 } });
    const draft = await desk.school.course({ modules: [1], lessons: { 0: { kind: 'QUIZ' } }, published: false });
    const [lessonId = ''] = draft.lessonIds;
    expect(await untestedQuizzes(desk.school.em, draft.versionId)).toEqual([lessonId]);
    await transaction(desk.school.em, (tx) => cloneTests(tx, new Map([[quiz.lessonId, lessonId]])));
    expect(await untestedQuizzes(desk.school.em, draft.versionId)).toEqual([]);
    const query = 'query ($id: ID!) { lesson(id: $id) { test { maxAttempts items { __typename } } } }';
    expect(await desk.school.ask(query, { id: lessonId }, desk.author)).toEqual({
      test: { maxAttempts: 2, items: [{ __typename: 'FixedTestItem' }] },
    });
    await desk.retire(quiz.questionIds[0] ?? '');
    expect(await untestedQuizzes(desk.school.em, draft.versionId)).toEqual([lessonId]);
    await desk.school.sql(`update learning.lessons set kind = 'TEXT' where id = ?`, [lessonId]);
    expect(await desk.school.sql('select id from learning.tests where lesson_id = ?', [lessonId])).toEqual([]);
  });

  it('goes with its lesson, but for its questions', async () => {
    const quiz = await desk.quiz({ questions: [yes], published: false });
    await desk.school.sql('delete from learning.lessons where id = ?', [quiz.lessonId]);
    const left = (table: string, id: string) =>
      desk.school.sql(`select count(*)::int as count from learning.${table} where id = ?`, [id]);
    expect(await left('tests', quiz.testId)).toEqual([{ count: 0 }]);
    expect(await left('questions', quiz.questionIds[0] ?? '')).toEqual([{ count: 1 }]);
  });

  it('is known to whoever may know its lesson, without what it is made of', async () => {
    const quiz = await desk.quiz({ questions: [yes] });
    const query =
      'query ($id: ID!) { lesson(id: $id) { test { questionCount items { __typename } myStanding { mayStart } } } }';
    for (const person of [undefined, await desk.school.graph.person('CURATOR'), (await desk.learner(quiz)).person]) {
      const { test } = await desk.school.ask<{ test: object }>(query, { id: quiz.lessonId }, person);
      expect(test).toMatchObject({ questionCount: 1, items: null });
    }
    const draft = await desk.quiz({ questions: [yes], published: false });
    const known = 'query ($id: ID!) { test(id: $id) { id } }';
    expect(await desk.school.ask(known, { id: draft.testId }, (await desk.learner(quiz)).person)).toBeNull();
    expect(await desk.school.ask(known, { id: draft.testId }, desk.author)).toEqual({ id: draft.testId });
  });
});

describe('questions of an attempt', () => {
  it('stay as they were when it began; the next one has what is new', async () => {
    const quiz = await desk.simple();
    const { person } = await desk.learner(quiz);
    const attempt = await desk.begin(quiz, person);
    const question = { kind: 'SHORT_TEXT', prompt: 'Changed', accepted: ['no'] };
    await desk.made('updateQuestion', { questionId: quiz.questionIds[0], revision: 1, question }, 'question { id }');
    expect((await desk.begin(quiz, person)).questions[0]).toMatchObject({ prompt: 'Question 0' });
    expect(await desk.answered(quiz, person, 'yes')).toMatchObject({ id: attempt.id, passed: true });
    expect((await desk.look(attempt, person))?.review?.[0]?.key).toMatchObject({ accepted: ['yes'] });
    expect((await desk.begin(quiz, person)).questions[0]).toMatchObject({ prompt: 'Changed' });
    expect(await desk.answered(quiz, person, 'no')).toMatchObject({ number: 2, passed: true });
  });

  it('are drawn from the bank by tag beside fixed ones, each once; retired ones are not', async () => {
    const tagged = shortTexts(6).map((question, index) => ({
      ...question,
      tags: index < 4 ? ['tenses'] : ['articles'],
    }));
    const quiz = await desk.quiz({
      questions: tagged,
      items: ({ bankId, questionIds: [fixed] }) => [{ bankId, tag: 'Tenses', count: 2 }, { questionId: fixed }],
      settings: { shufflesQuestions: false },
    });
    const prompts = async () => {
      const { person } = await desk.learner(quiz);
      return (await desk.begin(quiz, person)).questions.map(({ prompt }) => prompt);
    };
    for (let count = 0; count < 3; count++) {
      const [one, other, fixed] = await prompts();
      expect(fixed).toBe('Question 0');
      expect(new Set([one, other, 'Question 0']).size).toBe(3);
      for (const drawn of [one, other]) expect(drawn).toMatch(/Question [123]/);
    }
    for (const questionId of quiz.questionIds.slice(0, 3)) await desk.retire(questionId);
    expect(await prompts()).toEqual(['Question 3']);
    await desk.retire(quiz.questionIds[3] ?? '');
    expect(
      (await desk.school.mutate('startAttempt', { testId: quiz.testId }, (await desk.learner(quiz)).person)).refused,
    ).toEqual(['TEST_EMPTY']);
  });
});

describe('results', () => {
  const results = async (args: string, person: Parameters<Quizzes['begin']>[1]) => {
    const query = `{ testResults(${args}) { totalCount edges { node { id counts test { id } student { id } } } } }`;
    const page = await desk.school.ask<{ totalCount: number; edges: { node: { id: string } }[] }>(query, {}, person);
    return page.edges.map(({ node }) => node.id);
  };

  it('are one’s own, those of students whom one guides, or all; newest first, without attempts that run', async () => {
    const quiz = await desk.simple();
    const { cohortId, curator } = await desk.school.cohort(quiz.courseId);
    const { person, studentId } = await desk.learner(quiz, cohortId);
    const { person: other } = await desk.learner(quiz);
    const [first, second] = [await desk.answered(quiz, person, 'no'), await desk.answered(quiz, person, 'yes')];
    const others = await desk.answered(quiz, other, 'yes');
    await desk.begin(quiz, other);
    const figures = `query ($id: ID!) { test(id: $id) { statistics {
      students attempts passedShare meanPercent medianMinutes } } }`;
    expect(await desk.school.ask(figures, { id: quiz.testId }, desk.author)).toEqual({
      statistics: {
        ...{ students: 2, attempts: 3, passedShare: 1, medianMinutes: expect.any(Number) },
        meanPercent: expect.closeTo(66.67, 1),
      },
    });
    expect(await desk.school.ask(figures, { id: quiz.testId }, curator)).toEqual({ statistics: null });
    expect(await results('first: 10', person)).toEqual([second.id, first.id]);
    expect(await results('first: 10', curator)).toEqual([second.id, first.id]);
    expect(await results(`studentId: "${studentId}"`, other)).toEqual([]);
    expect(await results(`courseId: "${quiz.courseId}"`, desk.author)).toEqual([others.id, second.id, first.id]);
    expect(await results(`testId: "${quiz.testId}", first: 1`, desk.author)).toEqual([others.id]);
    expect(await results(`courseId: "nothing"`, desk.author)).toEqual([]);
  });

  it('take the same statements for many as for few', async () => {
    const quiz = await desk.simple({ review: 'AFTER_SUBMISSION' });
    const learners = await Promise.all([1, 2, 3].map(() => desk.learner(quiz)));
    const query = (first: number) => `{ testResults(first: ${first}, testId: "${quiz.testId}") { edges { node {
      id counts test { id questionCount lesson { title } } student { id name } questions { id prompt } review { isRight } } } } }`;
    for (const { person } of learners) await desk.answered(quiz, person, 'no');
    const count = async (first: number) =>
      (await withStatements(() => desk.school.ask(query(first), {}, desk.author))).statements.length;
    expect(await count(3)).toBe(await count(1));
  });
});

describe('what somebody answered', () => {
  it('is in their archive; erased are their words and what is running, not the school’s figures', async () => {
    const quiz = await desk.quiz({ questions: [yes] });
    const { person, enrollmentId } = await desk.learner(quiz);
    const done = await desk.begin(quiz, person);
    for (const question of done.questions) await desk.save(question, { text: 'yes' }, person);
    await desk.submit(done, person);
    await desk.begin(quiz, person);
    const { sections } = await learningPrivacy.collect(desk.school.em, person.userId);
    expect(sections['testAttempts']).toMatchObject([
      { id: done.id, status: 'SUBMITTED', percent: 100, answers: [{ prompt: 'Yes?', answer: { text: 'yes' } }] },
      { status: 'RUNNING', answers: [{ answer: null }] },
    ]);
    expect(JSON.stringify(sections['testAttempts'])).not.toContain('accepted');
    for (const _ of ['at first', 'again']) {
      await transaction(desk.school.em, (tx) => learningPrivacy.erase(tx, person.userId));
    }
    const rows = await desk.school.sql(
      `select a.id, a.percent, q.answer, q.earned from learning.attempts a
        join learning.attempt_questions q on q.attempt_id = a.id where a.enrollment_id = ?`,
      [enrollmentId],
    );
    expect(rows).toEqual([{ id: done.id, percent: 100, answer: null, earned: 100 }]);
    expect((await learningPrivacy.collect(desk.school.em, person.userId)).sections['testAttempts']).toEqual([]);
  });
});
