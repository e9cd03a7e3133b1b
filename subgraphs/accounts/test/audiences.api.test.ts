import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

afterAll(() => graph?.close());

const sql = (text: string, values: unknown[] = []) =>
  graph.rooms.get('accounts')?.orm.em.fork().execute(text, values) ??
  Promise.reject(new Error('accounts did not start'));

const TYPES = `$role: Role, $locale: String, $registeredAfter: DateTime, $registeredBefore: DateTime,
  $inactiveSinceDays: Int, $emailVerified: Boolean`;
const GIVEN = `role: $role, locale: $locale, registeredAfter: $registeredAfter, registeredBefore: $registeredBefore,
  inactiveSinceDays: $inactiveSinceDays, emailVerified: $emailVerified`;

async function audience(filter: object, page: object = {}): Promise<string[]> {
  const query = `query (${TYPES}, $first: Int!, $after: ID) {
    audience(${GIVEN}, first: $first, after: $after) { id timeZone } }`;
  const request = { query, variables: { first: 1_000, ...filter, ...page } };
  const data = await graph.client.query('accounts', request, ['audience']);
  return (data['audience'] as { id: string }[]).map(({ id }) => id);
}

async function size(filter: object): Promise<unknown> {
  const request = { query: `query (${TYPES}) { audienceSize(${GIVEN}) }`, variables: { ...filter } };
  return (await graph.client.query('accounts', request, ['audienceSize']))['audienceSize'];
}

describe('an audience', () => {
  it('is everybody with an account that can be used, in the order of ids, page by page', async () => {
    const people = [];
    for (let number = 0; number < 5; number++) people.push((await graph.person('STUDENT')).userId);
    const [suspended, erased] = [await graph.person('STUDENT'), await graph.person('STUDENT')];
    await sql('update accounts.users set suspended_at = now() where id = ?', [suspended.userId]);
    await sql('update accounts.users set erased_at = now() where id = ?', [erased.userId]);
    const all = await audience({ role: 'STUDENT' });
    expect(all).toEqual(people.toSorted());
    expect(await audience({ role: 'STUDENT' }, { first: 2, after: all[1] })).toEqual(all.slice(2, 4));
    expect(await size({ role: 'STUDENT' })).toBe(5);
    expect(await audience({})).toEqual(expect.arrayContaining(people));
  });

  it('is chosen by language, address, registration and absence', async () => {
    const [reader, old, absent, active] = [
      await graph.person('TUTOR', { locale: 'ru' }),
      await graph.person('TUTOR', { verified: false }),
      await graph.person('TUTOR'),
      await graph.person('TUTOR'),
    ];
    for (const { userId } of [old, absent, active]) {
      await sql(`update accounts.users set created_at = now() - interval '90 days' where id = ?`, [userId]);
    }
    const wasHere = (userId: string, days: number) =>
      sql(
        `insert into accounts.active_days (user_id, day, role) values (?, (now() at time zone 'UTC')::date - ?::int, 'TUTOR')`,
        [userId, days],
      );
    await wasHere(absent.userId, 31);
    await wasHere(active.userId, 29);
    const tutors = (filter: object) => audience({ role: 'TUTOR', ...filter });
    expect(await tutors({ locale: 'ru' })).toEqual([reader.userId]);
    expect(await tutors({ emailVerified: false })).toEqual([old.userId]);
    expect(await tutors({ emailVerified: true, locale: 'en' })).toEqual([absent.userId, active.userId].toSorted());
    const lastWeek = new Date(Date.now() - 7 * 24 * 60 * 60 * 1_000);
    expect(await tutors({ registeredAfter: lastWeek })).toEqual([reader.userId]);
    expect(await tutors({ registeredBefore: lastWeek })).toHaveLength(3);
    expect(await tutors({ inactiveSinceDays: 30 })).toEqual([old.userId, absent.userId].toSorted());
  });

  it('is told to services only, within bounds', async () => {
    const admin = await graph.person('ADMIN');
    expect((await graph.run('accounts', '{ audience(first: 1) { id } }', {}, admin)).codes).toEqual(['FORBIDDEN']);
    expect((await graph.run('accounts', '{ audienceSize }', {}, admin)).codes).toEqual(['FORBIDDEN']);
    await expect(audience({}, { first: 1_001 })).rejects.toThrow();
    await expect(audience({}, { after: 'x' })).rejects.toThrow();
    await expect(audience({ inactiveSinceDays: 0 })).rejects.toThrow();
  });
});
