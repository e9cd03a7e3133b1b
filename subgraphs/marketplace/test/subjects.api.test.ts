import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, NOBODY } from './market.js';

let market: Market;
let admin: TestPerson;
let count = 0;
const LIST = `query ($filter: SubjectFilter, $first: Int, $after: String) {
  subjects(filter: $filter, first: $first, after: $after) {
    totalCount edges { cursor node { id name slug archivedAt } } pageInfo { hasNextPage endCursor }
  }
}`;
const freshSubject = (change: object = {}) => {
  count += 1;
  return { slug: `botany-${count}`, nameEn: 'Botany', nameRu: 'Ботаника', ...change };
};

beforeAll(async () => {
  market = await Market.open();
  admin = await market.graph.person('ADMIN');
});

afterAll(() => market.close());

describe('createSubject', () => {
  it('adds a subject with a name in the language of whoever reads it', async () => {
    const subject = freshSubject();
    const { payload, refused } = await market.mutate('createSubject', subject, admin);
    expect(refused).toEqual([]);
    expect(payload).toMatchObject({ subject: { slug: subject.slug, name: 'Botany', archivedAt: null } });
    const russian = await market.graph.person('STUDENT', { locale: 'ru' });
    const { data } = await market.run(LIST, { filter: { text: 'ботаник' } }, russian);
    expect(data).toMatchObject({ subjects: { edges: [{ node: { name: 'Ботаника' } }] } });
  });

  it('takes each slug once, also when many ask at the same time', async () => {
    const subject = freshSubject();
    const answers = await Promise.all([1, 2, 3].map(() => market.mutate('createSubject', subject, admin)));
    expect(answers.flatMap(({ refused }) => refused)).toEqual(['SLUG_TAKEN', 'SLUG_TAKEN']);
  });

  it.each([
    ['a slug of other letters', { slug: 'Ботаника' }, 'slug'],
    ['a slug beyond all bounds', { slug: 'x'.repeat(61) }, 'slug'],
    ['no name', { nameEn: ' ' }, 'nameEn'],
    ['a name beyond all bounds', { nameRu: 'я'.repeat(101) }, 'nameRu'],
  ])('names the field for %s', async (_what, change, field) => {
    const { userErrors } = await market.mutate('createSubject', freshSubject(change), admin);
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['input', field] }]);
  });
});

describe('updateSubject', () => {
  it('changes what is given and keeps the rest, and may be repeated', async () => {
    const subject = freshSubject();
    const { id: subjectId } = await market.made('createSubject', subject, admin, 'subject');
    const first = await market.mutate('updateSubject', { subjectId, nameEn: 'Plants' }, admin);
    expect(first.payload).toMatchObject({ subject: { slug: subject.slug, name: 'Plants' } });
    expect(await market.mutate('updateSubject', { subjectId, nameEn: 'Plants' }, admin)).toEqual(first);
  });

  it('refuses a slug that another subject has, a name that is none, and what is not there', async () => {
    const taken = freshSubject();
    await market.made('createSubject', taken, admin, 'subject');
    const { id: subjectId } = await market.made('createSubject', freshSubject(), admin, 'subject');
    const refused = async (change: object) => (await market.mutate('updateSubject', change, admin)).refused;
    expect(await refused({ subjectId, slug: taken.slug })).toEqual(['SLUG_TAKEN']);
    expect(await refused({ subjectId, nameEn: '' })).toEqual(['INVALID_INPUT']);
    expect(await refused({ subjectId: NOBODY, nameEn: 'Plants' })).toEqual(['NOT_FOUND']);
    expect(await refused({ subjectId: 'x', nameEn: 'Plants' })).toEqual(['NOT_FOUND']);
  });
});

describe('archiveSubject', () => {
  it('takes a subject out of lists and keeps it for what refers to it; repeating it changes nothing', async () => {
    const subjectId = await market.subject('Alchemy');
    const orderId = await market.order(await market.student(), { subjectId });
    const first = await market.mutate('archiveSubject', { subjectId }, admin);
    expect(first.payload).toMatchObject({ subject: { archivedAt: expect.any(String) } });
    expect(await market.mutate('archiveSubject', { subjectId }, admin)).toEqual(first);
    expect(await market.ids(LIST, 'subjects', { filter: { text: 'alchemy' } })).toEqual([]);
    const { data } = await market.run('query ($id: ID!) { order(id: $id) { subject { id } } }', { id: orderId });
    expect(data).toEqual({ order: { subject: { id: subjectId } } });
  });

  it('does not find what is not there, nor takes an id beyond all bounds', async () => {
    expect((await market.mutate('archiveSubject', { subjectId: NOBODY }, admin)).refused).toEqual(['NOT_FOUND']);
    const long = { subjectId: 'x'.repeat(101) };
    expect((await market.mutate('archiveSubject', long, admin)).refused).toEqual(['INVALID_INPUT']);
  });
});

describe.each(['createSubject', 'updateSubject', 'archiveSubject'])('%s', (field) => {
  const valid = () => (field === 'createSubject' ? freshSubject() : { subjectId: NOBODY });

  it.each(['SUPER_ADMIN', 'ADMIN', 'HR'] as const)('is for %s', async (role) => {
    expect((await market.mutate(field, valid(), await market.graph.person(role))).codes).toEqual([]);
  });

  it.each(['SUPERVISOR', 'CURATOR', 'TUTOR', 'STUDENT'] as const)('is forbidden to %s', async (role) => {
    expect((await market.mutate(field, valid(), await market.graph.person(role))).codes).toEqual(['FORBIDDEN']);
  });

  it('is not for somebody who is not signed in', async () => {
    expect((await market.mutate(field, valid())).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('refuses input of another shape', async () => {
    expect((await market.mutate(field, { slug: 5 }, admin)).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('subjects', () => {
  it('come by name, page by page, each once', async () => {
    for (const name of ['Zoology C', 'Zoology A', 'Zoology B']) await market.subject(name);
    const names: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await market.run(LIST, { filter: { text: 'zoolog' }, first: 1, after });
      const { subjects } = data as {
        subjects: { edges: { node: { name: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      };
      names.push(...subjects.edges.map(({ node }) => node.name));
      after = subjects.pageInfo.hasNextPage ? subjects.pageInfo.endCursor : null;
    } while (after);
    expect(names).toEqual(['Zoology A', 'Zoology B', 'Zoology C']);
  });

  it('that are archived are listed for whoever manages subjects', async () => {
    const subjectId = await market.subject('Phrenology');
    await market.made('archiveSubject', { subjectId }, admin, 'subject');
    const filter = { archived: true, text: 'phren' };
    expect(await market.ids(LIST, 'subjects', { filter }, admin)).toEqual([subjectId]);
    expect((await market.run(LIST, { filter }, await market.student())).codes).toEqual(['FORBIDDEN']);
    expect((await market.run(LIST, { filter })).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('refuse a text and a page beyond all bounds', async () => {
    expect((await market.run(LIST, { filter: { text: 'x'.repeat(101) } })).codes).toEqual(['BAD_USER_INPUT']);
    expect((await market.run(LIST, { first: 101 })).codes).toEqual(['BAD_USER_INPUT']);
    expect((await market.run(LIST, { after: 'x' })).codes).toEqual(['BAD_USER_INPUT']);
  });
});
