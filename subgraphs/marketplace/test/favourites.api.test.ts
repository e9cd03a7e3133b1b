import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, NOBODY, type TestTutor } from './market.js';

let market: Market;
let student: TestPerson;
let tutor: TestTutor;
const SAVED = `query ($first: Int, $after: String) {
  savedTutors(first: $first, after: $after) { totalCount edges { cursor node { tutor { id saved } } } }
}`;

beforeAll(async () => {
  market = await Market.open();
  [student, tutor] = [await market.student(), await market.tutor()];
});

afterAll(() => market.close());

const savedBy = async (person: TestPerson): Promise<string[]> => {
  const { data } = await market.run(SAVED, {}, person);
  const { edges } = data['savedTutors'] as { edges: { node: { tutor: { id: string } } }[] };
  return edges.map(({ node }) => node.tutor.id);
};

describe('saved tutors', () => {
  it('are the viewer’s alone, the newest saved first, each once', async () => {
    const other = await market.tutor();
    for (const { tutorId } of [tutor, other, tutor]) {
      const { payload } = await market.mutate('saveTutor', { tutorId }, student);
      expect(payload).toMatchObject({ tutor: { id: tutorId, saved: true }, userErrors: [] });
    }
    expect(await savedBy(student)).toEqual([other.tutorId, tutor.tutorId]);
    expect(await savedBy(await market.student())).toEqual([]);
    const QUERY = 'query ($id: ID!) { tutor(id: $id) { saved } }';
    expect((await market.run(QUERY, { id: tutor.tutorId })).data).toEqual({ tutor: { saved: false } });
    for (const _ of [1, 2]) {
      const { payload } = await market.mutate('unsaveTutor', { tutorId: other.tutorId }, student);
      expect(payload).toMatchObject({ tutor: { saved: false }, userErrors: [] });
    }
    expect(await savedBy(student)).toEqual([tutor.tutorId]);
  });

  it('leave out who is hidden until they show again, and refuse whom the viewer may not see', async () => {
    const [shy, viewer] = [await market.tutor(), await market.student()];
    await market.mutate('saveTutor', { tutorId: shy.tutorId }, viewer);
    await market.made('hideTutorProfile', { hidden: true }, shy, 'tutor');
    expect(await savedBy(viewer)).toEqual([]);
    for (const tutorId of [shy.tutorId, NOBODY, 'x']) {
      expect((await market.mutate('saveTutor', { tutorId }, student)).refused).toEqual(['NOT_FOUND']);
    }
    expect((await market.mutate('unsaveTutor', { tutorId: 'x' }, student)).refused).toEqual(['NOT_FOUND']);
    await market.made('hideTutorProfile', { hidden: false }, shy, 'tutor');
    expect(await savedBy(viewer)).toEqual([shy.tutorId]);
  });

  it('are 500 at most, whatever arrives at once', async () => {
    const viewer = await market.student();
    const rows = 'select gen_random_uuid() as id, n from generate_series(1, 501) as n';
    const made = await market.sql<{ id: string }>(
      `insert into marketplace.tutors (id, user_id, display_name, headline, currency, languages, formats, experience_years,
         created_at, updated_at)
       select id, id, 'Many', 'One of many', 'EUR', '{en}', '{ONLINE}', 1, now(), now() from (${rows}) as many returning id`,
    );
    const insert = `insert into marketplace.saved_tutors (id, user_id, tutor_id, created_at)
      select gen_random_uuid(), ?, id, now() from unnest(?::uuid[]) as id`;
    await market.sql(insert, [viewer.userId, `{${made.slice(0, 499).map(({ id }) => id)}}`]);
    const last = [...made.slice(499), { id: tutor.tutorId }];
    const outcomes = await Promise.all(last.map(({ id }) => market.mutate('saveTutor', { tutorId: id }, viewer)));
    expect(outcomes.flatMap(({ refused }) => refused)).toEqual(['TOO_MANY_SAVED', 'TOO_MANY_SAVED']);
    const again = await market.mutate('saveTutor', { tutorId: made[0]?.id }, viewer);
    expect(again.refused).toEqual([]);
  });
});
