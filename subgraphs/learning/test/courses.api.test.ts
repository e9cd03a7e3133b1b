import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Learning, NOBODY, type PlantedCourse } from './learning-fixtures.js';

let learning: Learning;
let author: TestPerson;

beforeAll(async () => {
  learning = await Learning.open();
  author = await learning.graph.person('SUPERVISOR');
});

afterAll(() => learning.close());

const LIST = `query ($filter: CourseFilter, $order: CourseOrder, $first: Int, $after: String) {
  courses(filter: $filter, order: $order, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id title } } } }`;

interface Page {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string };
  edges: { node: { id: string; title: string } }[];
}

const list = (variables: object, person?: TestPerson) => learning.ask<Page>(LIST, variables, person);
const titles = ({ edges }: Page) => edges.map(({ node }) => node.title);

describe('the catalogue', () => {
  it('has what is published for everybody, and drafts for authors', async () => {
    const word = 'Zanzibar';
    await learning.course({ title: `${word} B`, lengthDays: 10 });
    await learning.course({ title: `${word} a`, lengthDays: 20, language: 'ru' });
    await learning.course({ title: `${word} c, archived`, archivedAt: new Date() });
    await learning.course({ title: `${word} d, a draft`, published: false });
    const filter = { text: 'zanzib' };
    const learner = await learning.graph.person('STUDENT');
    for (const person of [undefined, learner]) {
      expect(titles(await list({ filter, order: 'TITLE' }, person))).toEqual([`${word} a`, `${word} B`]);
    }
    expect(titles(await list({ filter, order: 'SHORTEST' }))).toEqual([`${word} B`, `${word} a`]);
    expect(titles(await list({ filter: { ...filter, language: 'ru' } }))).toEqual([`${word} a`]);
    expect((await list({ filter }, author)).totalCount).toBe(3);
    expect(titles(await list({ filter: { ...filter, state: 'ARCHIVED' } }, author))).toEqual([`${word} c, archived`]);
    expect(titles(await list({ filter: { ...filter, state: 'UNPUBLISHED' } }, author))).toEqual([`${word} d, a draft`]);
    const { codes } = await learning.run(LIST, { filter: { state: 'UNPUBLISHED' } }, learner);
    expect(codes).toEqual(['FORBIDDEN']);
    const first = await list({ filter, order: 'TITLE', first: 1 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await list({ filter, order: 'TITLE', first: 1, after: first.pageInfo.endCursor });
    expect(titles(rest)).toEqual([`${word} B`]);
  });

  it('finds words in lessons for authors only', async () => {
    await learning.course({ title: 'Sounds', lessons: { 1: { body: 'The **velarised** consonants' } } });
    expect(titles(await list({ filter: { text: 'velarised consonant' } }, author))).toEqual(['Sounds']);
    expect(titles(await list({ filter: { text: 'velarised vowels' } }, author))).toEqual([]);
    expect(titles(await list({ filter: { text: 'velarised consonant' } }))).toEqual([]);
    const long = await learning.run(LIST, { filter: { text: 'x'.repeat(201) } });
    expect(long.codes).toEqual(['BAD_USER_INPUT']);
  });

  it('is told by as many statements however long the page is', async () => {
    for (let count = 0; count < 24; count++) await learning.course({ chained: true, title: `Measured ${count}` });
    const { person } = await learning.classroom({ chained: true, title: 'Measured and learned' });
    const query = `query ($first: Int) { courses(filter: { text: "measured" }, first: $first) { edges { node { title price { amountMinor }
      version { number lessonCount minutes modules { title lessons { title body lock { reason requires { title } }
        prerequisites { title } } } } } } } }`;
    const statements = async (first: number) =>
      (await withStatements(() => learning.ask(query, { first }, person))).statements.length;
    const one = await statements(1);
    expect(await statements(20)).toBe(one);
    expect(await statements(100)).toBe(one);
    expect(one).toBeLessThanOrEqual(12);
  });
});

describe('a course', () => {
  const COURSE = `query ($id: ID, $slug: String) { course(id: $id, slug: $slug) {
    id slug version { id status } draft { id } versions { number } } }`;

  it('is found by id or by its name in addresses, and shows nobody else its draft', async () => {
    const { courseId, versionId } = await learning.course();
    await learning.version({ courseId, number: 2, status: 'DRAFT' });
    const found = { id: courseId, version: { id: versionId, status: 'PUBLISHED' } };
    expect(await learning.ask(COURSE, { slug: `course-${courseId}` })).toMatchObject({ ...found, draft: null });
    const versions = [{ number: 2 }, { number: 1 }];
    expect(await learning.ask(COURSE, { id: courseId }, author)).toMatchObject({ ...found, versions });
    expect(await learning.ask(COURSE, { id: NOBODY })).toBeNull();
    expect((await learning.run(COURSE, {})).codes).toEqual(['BAD_USER_INPUT']);
    expect((await learning.run(COURSE, { id: courseId, slug: 'x' })).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('stays with who learns it when it is archived, and with nobody else', async () => {
    const { courseId, person } = await learning.classroom();
    await learning.mutate('archiveCourse', { courseId }, author);
    expect(await learning.ask(COURSE, { id: courseId }, person)).toMatchObject({ id: courseId });
    expect(await learning.ask(COURSE, { id: courseId })).toBeNull();
    await learning.mutate('restoreCourse', { courseId }, author);
    expect(await learning.ask(COURSE, { id: courseId })).toMatchObject({ id: courseId });
  });
});

it('an outline that leads back to itself again and again is refused before it is all there', async () => {
  const { courseId } = await learning.course({ modules: [60] });
  const around = (inside: string) => `modules { lessons { id version { ${inside} } } }`;
  const ask = (inside: string) =>
    learning.run(`query ($id: ID) { course(id: $id) { version { ${inside} } } }`, { id: courseId });
  expect((await ask(around(around('number')))).codes).toEqual([]);
  const { codes } = await ask(around(around(around('number'))));
  expect(new Set(codes)).toEqual(new Set(['BAD_USER_INPUT']));
});

describe('a lesson', () => {
  const LESSON = '{ title body videoUrl lock { reason requires { id } } }';
  const see = (id: string, person?: TestPerson) =>
    learning.ask(`query ($id: ID!) { lesson(id: $id) ${LESSON} }`, { id }, person);

  it('says why it is locked and what opens it', async () => {
    const { person, enrollmentId, lessonIds } = await learning.classroom({
      chained: true,
      lessons: { 0: { isPreview: true }, 1: { kind: 'VIDEO', videoUrl: 'https://video.example/1' } },
    });
    const [first = '', second = ''] = lessonIds;
    expect(await see(first)).toMatchObject({ body: 'Read this, then say it aloud.', lock: null });
    const closed = { title: 'Lesson 1.2', body: null, videoUrl: null };
    expect(await see(second)).toEqual({ ...closed, lock: { reason: 'NOT_ENROLLED', requires: [] } });
    expect(await see(second, person)).toEqual({
      ...closed,
      lock: { reason: 'PREREQUISITE', requires: [{ id: first }] },
    });
    await learning.completed(enrollmentId, [first]);
    expect(await see(second, person)).toMatchObject({ videoUrl: 'https://video.example/1', lock: null });
  });

  it('of a draft is known to authors only', async () => {
    const [lessonId = ''] = (await learning.course({ published: false, lessons: { 0: { isPreview: true } } }))
      .lessonIds;
    for (const role of ['STUDENT', 'CURATOR'] as const) {
      expect(await see(lessonId, await learning.graph.person(role))).toBeNull();
    }
    expect(await see(lessonId, author)).toMatchObject({ lock: null, body: 'Read this, then say it aloud.' });
  });

  it('is shown to another service by the scopes of its token only', async () => {
    const [id = ''] = (await learning.course()).lessonIds;
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Lesson { title body } } }';
    const ask = async (scopes: string[]) => {
      const authorization = await learning.graph.service('learning', scopes);
      const person: TestPerson = { userId: '', sessionId: '', role: 'STUDENT', authorization };
      return learning.run(query, { of: [{ __typename: 'Lesson', id }] }, person);
    };
    expect((await ask(['Lesson.title'])).codes).toEqual(['FORBIDDEN']);
    expect((await ask(['Lesson.title', 'Lesson.body'])).data['_entities']).toEqual([
      { title: 'Lesson 1.1', body: 'Read this, then say it aloud.' },
    ]);
  });
});

it('what was published is not changed in the database either', async () => {
  const { versionId, moduleIds, lessonIds, courseId } = await learning.course({ chained: true });
  const [first, second, third] = lessonIds;
  const other: PlantedCourse = await learning.course({ published: false });
  const attempts: [string, unknown[]][] = [
    [`update learning.lessons set body = 'Other' where id = ?`, [first]],
    ['delete from learning.lessons where id = ?', [first]],
    [`update learning.course_modules set title = 'Other' where id = ?`, [moduleIds[0]]],
    ['delete from learning.lesson_prerequisites where lesson_id = ?', [second]],
    ['insert into learning.lesson_prerequisites (lesson_id, required_id) values (?, ?)', [third, first]],
    ['insert into learning.lesson_prerequisites (lesson_id, required_id) values (?, ?)', [other.lessonIds[0], first]],
    ['update learning.lessons set module_id = ? where id = ?', [moduleIds[0], other.lessonIds[0]]],
    ['update learning.lessons set version_id = ? where id = ?', [other.versionId, first]],
    [`update learning.course_versions set status = 'DRAFT', published_at = null where id = ?`, [versionId]],
  ];
  for (const [statement, values] of attempts) await expect(learning.sql(statement, values)).rejects.toThrow();
  await learning.sql('delete from learning.courses where id = ?', [courseId]);
  expect(await learning.sql('select from learning.lessons where version_id = ?', [versionId])).toEqual([]);
});
