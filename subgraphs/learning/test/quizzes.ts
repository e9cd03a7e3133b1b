import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { CourseVersion } from '../src/courses/course.entity.js';
import { Learning, type PlantedStudent } from './learning-fixtures.js';

/** A question of an attempt, as a student sees it. */
export interface SeenQuestion {
  __typename: string;
  id: string;
  position: number;
  prompt: string;
  points: number;
  isAnswered: boolean;
  sequence: number;
  options?: { id: string; text: string }[];
  items?: { id: string; text: string }[];
  prompts?: { id: string; text: string }[];
  choices?: { id: string; text: string }[];
  typed?: string | null;
}

/** An attempt, as its student or a curator sees it. */
export interface SeenAttempt {
  id: string;
  number: number;
  status: string;
  deadlineAt: string | null;
  percent: number | null;
  earnedPoints: number | null;
  possiblePoints: number | null;
  passed: boolean | null;
  counts: boolean;
  questions: SeenQuestion[];
  review: { earnedPoints: number; isRight: boolean; explanation: string | null; key: object }[] | null;
}

const QUESTION = `__typename id position prompt points isAnswered sequence
  ... on ChoiceQuestion { options { id text } allowsSeveral chosenIds }
  ... on TextQuestion { typed }
  ... on OrderQuestion { items { id text } orderedIds }
  ... on MatchQuestion { prompts { id text } choices { id text } pairs { promptId choiceId } }
  ... on GapQuestion { texts filled }`;

const KEY = `__typename
  ... on ChoiceKey { options { text isRight feedback } }
  ... on TextKey { accepted isCaseSensitive typosAllowed }
  ... on OrderKey { items { text } }
  ... on MatchKey { pairs { prompt { text } choice { text } } distractors { text } }
  ... on GapKey { texts gaps { accepted } isCaseSensitive typosAllowed }`;

/** All that there is to see of an attempt. */
const ATTEMPT = `id number status startedAt deadlineAt closedAt percent earnedPoints possiblePoints passed counts
  test { id questionCount items { __typename } } student { id } questions { ${QUESTION} }
  review { earnedPoints isRight explanation question { id prompt } key { ${KEY} } }`;

/** All that there is to see of a question, for authors. */
export const AUTHORED = `id tags retiredAt bank { id } statistics { answers difficulty discrimination }
  current { id number kind prompt points explanation key { ${KEY} } }`;

/** One question of each kind, and the right answer by what students see. */
export const SIX = [
  {
    kind: 'SINGLE',
    prompt: 'Which is a past form?',
    explanation: 'Because *went* is.',
    options: ['went', 'go', 'goes', 'going'].map((text, index) => {
      return { text, isRight: index === 0, feedback: index === 1 ? 'That is the secret present.' : null };
    }),
  },
  {
    kind: 'MULTIPLE',
    prompt: 'Which are modal verbs?',
    points: 2,
    options: ['can', 'must', 'walk', 'sing'].map((text, index) => ({ text, isRight: index < 2 })),
  },
  {
    kind: 'SHORT_TEXT',
    prompt: 'The third form of “write”?',
    accepted: ['written', 'has written'],
    typosAllowed: 1,
    explanation: 'Irregular: write, wrote, secretform.',
  },
  { kind: 'ORDER', prompt: 'Make a question.', points: 2, items: ['Where', 'have', 'you', 'been'] },
  {
    kind: 'MATCH',
    prompt: 'What belongs together?',
    pairs: [
      { prompt: 'depend', choice: 'on' },
      { prompt: 'listen', choice: 'to' },
    ],
    distractors: ['at'],
  },
  { kind: 'GAP', prompt: 'Fill in.', gapText: 'I {{have lived|’ve lived}} here {{since}} May.' },
] as const;

/** What answers a question of {@link SIX} rightly. */
export function rightAnswer({ __typename: type, options, items, prompts, choices, prompt }: SeenQuestion): object {
  const ids = (all: { id: string; text: string }[] = [], texts: readonly string[]) =>
    texts.map((text) => all.find((one) => one.text === text)?.id ?? 'nothing');
  switch (type) {
    case 'ChoiceQuestion':
      return { optionIds: ids(options, prompt.includes('modal') ? ['can', 'must'] : ['went']) };
    case 'TextQuestion':
      return { text: ' Writen. ' };
    case 'OrderQuestion':
      return { itemIds: ids(items, ['Where', 'have', 'you', 'been']) };
    case 'MatchQuestion': {
      const chosen = ids(choices, ['on', 'to']);
      return { pairs: ids(prompts, ['depend', 'listen']).map((promptId, at) => ({ promptId, choiceId: chosen[at] })) };
    }
    default:
      return { gapTexts: ["'ve  lived", 'SINCE'] };
  }
}

/** Questions that `yes` answers. */
export const shortTexts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ kind: 'SHORT_TEXT', prompt: `Question ${index}`, accepted: ['yes'] }));

/** A published quiz. */
export interface Quiz {
  courseId: string;
  versionId: string;
  lessonIds: string[];
  lessonId: string;
  bankId: string;
  questionIds: string[];
  testId: string;
}

/** How a quiz is made. */
export interface QuizOptions {
  questions?: readonly object[];
  /** What the test is made of. @default all questions, fixed */
  items?: (quiz: Pick<Quiz, 'bankId' | 'questionIds'>) => object[];
  settings?: object;
  /** Must the lesson before it be completed first? @default false */
  chained?: boolean;
  published?: boolean;
}

/** Learning, with an author of tests. */
export class Quizzes {
  private constructor(
    readonly school: Learning,
    readonly author: TestPerson,
  ) {}

  static async open(): Promise<Quizzes> {
    const school = await Learning.open();
    return new Quizzes(school, await school.graph.person('SUPERVISOR'));
  }

  close(): Promise<void> {
    return this.school.close();
  }

  /** Runs a mutation that must succeed and gives what its payload holds under this name. */
  async made<Made = { id: string }>(
    field: string,
    input: object,
    selection: string,
    person = this.author,
  ): Promise<Made> {
    const { payload, refused, codes } = await this.school.mutate(field, input, person, selection);
    const [name = ''] = selection.split(' ');
    if (!payload?.[name]) throw new Error(`${field} was refused: ${JSON.stringify([refused, codes, payload])}`);
    return payload[name] as Made;
  }

  async bank(courseId: string, title = 'Grammar'): Promise<string> {
    return (await this.made('createQuestionBank', { courseId, title }, 'bank { id }')).id;
  }

  async questions(bankId: string, questions: readonly object[]): Promise<string[]> {
    const made = await this.made<{ id: string }[]>('importQuestions', { bankId, questions }, 'questions { id }');
    return made.map(({ id }) => id);
  }

  /** A course whose second lesson is a quiz with a test. */
  async quiz({ questions = SIX, items, settings = {}, chained = false, published = true }: QuizOptions = {}) {
    const { school } = this;
    const course = await school.course({ modules: [2], lessons: { 1: { kind: 'QUIZ' } }, chained, published: false });
    const lessonId = course.lessonIds[1] ?? '';
    const bankId = await this.bank(course.courseId);
    const questionIds = await this.questions(bankId, questions);
    const parts = items?.({ bankId, questionIds }) ?? questionIds.map((questionId) => ({ questionId }));
    const { id: testId } = await this.made('defineTest', { lessonId, items: parts, ...settings }, 'test { id }');
    if (published) await this.publish(course.versionId);
    return { ...course, lessonId, bankId, questionIds, testId } satisfies Quiz;
  }

  /** A quiz of one question, which `yes` answers. */
  simple(settings: object = {}, chained = false): Promise<Quiz> {
    return this.quiz({ questions: shortTexts(1), settings, chained });
  }

  async publish(versionId: string): Promise<void> {
    await this.school.em.nativeUpdate(
      CourseVersion,
      { id: versionId },
      { status: 'PUBLISHED', publishedAt: new Date() },
    );
  }

  /** A new student who is enrolled in the course of a quiz. */
  async learner(quiz: Quiz, cohortId: string | null = null): Promise<PlantedStudent & { enrollmentId: string }> {
    const student = await this.school.student();
    return { ...student, enrollmentId: await this.school.enrollment(student.studentId, quiz, { cohortId }) };
  }

  begin({ testId }: Quiz, person: TestPerson): Promise<SeenAttempt> {
    return this.made('startAttempt', { testId }, `attempt { ${ATTEMPT} }`, person);
  }

  save(question: SeenQuestion, answer: object, person: TestPerson, sequence = question.sequence + 1) {
    const input = { questionId: question.id, answer, sequence };
    return this.school.mutate('saveAnswer', input, person, `question { ${QUESTION} }`);
  }

  submit({ id }: { id: string }, person: TestPerson): Promise<SeenAttempt> {
    return this.made('submitAttempt', { attemptId: id }, `attempt { ${ATTEMPT} }`, person);
  }

  look({ id }: { id: string }, person?: TestPerson): Promise<SeenAttempt | null> {
    return this.school.ask(`query ($id: ID!) { attempt(id: $id) { ${ATTEMPT} } }`, { id }, person);
  }

  /** Answers everything rightly but the questions of these types, and hands it in. */
  async sit(quiz: Quiz, person: TestPerson, wrong: readonly string[] = []): Promise<SeenAttempt> {
    const attempt = await this.begin(quiz, person);
    for (const question of attempt.questions) {
      if (!wrong.includes(question.__typename)) await this.save(question, rightAnswer(question), person);
    }
    return this.submit(attempt, person);
  }

  /** Begins a quiz of short texts, answers each with this and hands it in. */
  async answered(quiz: Quiz, person: TestPerson, text: string): Promise<SeenAttempt> {
    const attempt = await this.begin(quiz, person);
    for (const question of attempt.questions) await this.save(question, { text }, person);
    return this.submit(attempt, person);
  }

  /** Keeps a question out of new attempts, or lets it in again. */
  async retire(questionId: string, field: 'retireQuestion' | 'restoreQuestion' = 'retireQuestion'): Promise<void> {
    const query = `mutation ($input: QuestionReferenceInput!) {
      ${field}(input: $input) { question { retiredAt } userErrors { code } } }`;
    const { question } = await this.school.ask<{ question: { retiredAt: string | null } | null }>(
      query,
      { input: { questionId } },
      this.author,
    );
    if (Boolean(question?.retiredAt) !== (field === 'retireQuestion')) throw new Error(`${field} did nothing`);
  }

  /** As if the deadline of an attempt had been so many seconds ago. */
  async late({ id }: { id: string }, seconds: number): Promise<void> {
    const deadline = new Date(Date.now() - seconds * 1_000);
    await this.school.sql('update learning.attempts set deadline_at = ? where id = ?', [deadline, id]);
  }

  /** As if an attempt that is over had ended so many minutes ago. */
  async endedBefore({ id }: { id: string }, minutes: number): Promise<void> {
    const closedAt = new Date(Date.now() - minutes * 60_000);
    await this.school.sql('update learning.attempts set closed_at = ? where id = ?', [closedAt, id]);
  }
}
