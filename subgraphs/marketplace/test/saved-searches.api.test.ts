import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchSavedSearchesJob } from '../src/jobs/match-saved-searches.job.js';
import { marketplacePrivacy } from '../src/privacy/marketplace-privacy.js';
import { Market, NOBODY } from './market.js';

let market: Market;
let student: TestPerson;
let [chess, go] = ['', ''];

beforeAll(async () => {
  market = await Market.open();
  student = await market.student();
  [chess, go] = [await market.subject('Chess'), await market.subject('Go')];
});

afterAll(() => market.close());

async function save(filter: object, person = student): Promise<string> {
  return (await market.made('saveSearch', { name: 'Mine', filter }, person, 'savedSearch')).id;
}

/** Of whom the searches have told since the last time, by search. */
async function told(searchId: string): Promise<string[]> {
  await match();
  const rows = await market.sql<{ id: string }>(
    `select event -> 'data' ->> 'tutorId' as id from marketplace.outbox
      where event ->> 'subject' = ? and event ->> 'type' = 'tutorgraph.marketplace.saved-search.matched.v1' order by sequence`,
    [searchId],
  );
  return rows.map(({ id }) => id);
}

async function match(): Promise<void> {
  const room = market.graph.rooms.get('marketplace');
  if (!room) throw new Error('The marketplace does not run');
  const run = {
    id: newId(),
    attempt: 1,
    signal: new AbortController().signal,
    logger: createLogger({ service: 'test', level: 'error' }),
  };
  await matchSavedSearchesJob(room.orm.em).handler({}, run);
}

describe('saved searches', () => {
  it('are the viewer’s alone, with what they look for, and can be changed and deleted', async () => {
    const person = await market.student();
    const filter = {
      text: 'endgame',
      subjectId: chess,
      priceTo: 3_000,
      currency: 'EUR',
      city: ' Рига ',
      languages: ['ru'],
    };
    const { payload } = await market.mutate('saveSearch', { name: 'Chess in Riga', filter }, person);
    const shown = { text: 'endgame', priceTo: 3_000, city: ' Рига ', languages: ['ru'] };
    expect(payload).toMatchObject({
      savedSearch: { name: 'Chess in Riga', notify: true, subjects: [{ id: chess }], filter: shown },
    });
    const QUERY = '{ savedSearches { id name notify } }';
    const own = async (viewer = person) =>
      (await market.run(QUERY, {}, viewer)).data['savedSearches'] as { id: string }[];
    const [{ id = '' } = {}] = await own();
    expect(await own(student)).toEqual([]);
    for (const [field, input] of [
      ['updateSavedSearch', { savedSearchId: id, name: 'Other' }],
      ['deleteSavedSearch', { savedSearchId: id }],
      ['deleteSavedSearch', { savedSearchId: NOBODY }],
      ['deleteSavedSearch', { savedSearchId: 'x' }],
    ] as const) {
      expect((await market.mutate(field, input, student)).refused).toEqual(['NOT_FOUND']);
    }
    await market.made('updateSavedSearch', { savedSearchId: id, name: 'Other', notify: false }, person, 'savedSearch');
    expect(await own()).toEqual([{ id, name: 'Other', notify: false }]);
    expect((await market.mutate('deleteSavedSearch', { savedSearchId: id }, person)).payload).toMatchObject({
      deletedSavedSearchId: id,
    });
    expect(await own()).toEqual([]);
  });

  it('are 20 at most, whatever arrives at once, and refuse what nobody can fulfil', async () => {
    const person = await market.student();
    const wishes = Array.from({ length: 22 }, (_, index) => ({ name: `Search ${index}`, filter: {} }));
    const outcomes = await Promise.all(wishes.map((wish) => market.mutate('saveSearch', wish, person)));
    expect(outcomes.flatMap(({ refused }) => refused)).toEqual(['TOO_MANY_SEARCHES', 'TOO_MANY_SEARCHES']);
    const refused = async (input: object) => (await market.mutate('saveSearch', input, student)).refused;
    expect(await refused({ name: ' ', filter: {} })).toEqual(['INVALID_INPUT']);
    expect(await refused({ name: 'x', filter: { subjectId: NOBODY } })).toEqual(['NOT_FOUND']);
    expect((await market.mutate('saveSearch', { name: 'x', filter: { priceTo: 1 } }, student)).codes).toEqual([
      'BAD_USER_INPUT',
    ]);
  });
});

describe('a saved search tells', () => {
  it('once of each tutor who begins to match it, never of those who were there', async () => {
    const there = await market.tutor();
    await market.offering(there, chess, 2_000);
    const searchId = await save({ subjectId: chess, currency: 'EUR', priceTo: 3_000 });
    const [fresh, dear, other] = [await market.tutor(), await market.tutor(), await market.tutor()];
    await market.offering(fresh, chess, 2_500);
    const offeringId = await market.offering(dear, chess, 9_000);
    await market.offering(other, go, 1_000);
    expect(await told(searchId)).toEqual([fresh.tutorId]);
    await market.made('updateTutorProfile', { headline: 'Another line' }, fresh, 'tutor');
    await market.made('updateTutorProfile', { headline: 'Another line' }, there, 'tutor');
    const hourlyRate = { amountMinor: 3_000, currency: 'EUR' };
    await market.made('updateOffering', { offeringId, hourlyRate }, dear, 'offering');
    expect(await told(searchId)).toEqual([fresh.tutorId, dear.tutorId]);
    for (const tutor of [there, fresh]) {
      await market.made('hideTutorProfile', { hidden: true }, tutor, 'tutor');
      await match();
      await market.made('hideTutorProfile', { hidden: false }, tutor, 'tutor');
    }
    expect(await told(searchId)).toEqual([fresh.tutorId, dear.tutorId]);
  });

  it('nothing of hidden tutors, until they show themselves', async () => {
    const searchId = await save({ text: 'samovars' });
    const shy = await market.tutor();
    await market.made('hideTutorProfile', { hidden: true }, shy, 'tutor');
    await market.made('updateTutorProfile', { headline: 'Painting samovars' }, shy, 'tutor');
    expect(await told(searchId)).toEqual([]);
    await market.made('hideTutorProfile', { hidden: false }, shy, 'tutor');
    expect(await told(searchId)).toEqual([shy.tutorId]);
  });

  it('nothing of whoever had begun to match before it was saved, though nobody had compared them yet', async () => {
    const tutor = await market.tutor({ headline: 'Balalaikas' });
    const searchId = await save({ text: 'balalaikas' });
    expect(await told(searchId)).toEqual([]);
    await market.made('updateTutorProfile', { biography: 'More balalaikas' }, tutor, 'tutor');
    expect(await told(searchId)).toEqual([]);
  });

  it('anew when its filter is another one, and nothing while it is silent', async () => {
    const searchId = await save({ city: 'Псков' });
    const tutor = await market.tutor({ city: 'псков' });
    expect(await told(searchId)).toEqual([tutor.tutorId]);
    await market.made(
      'updateSavedSearch',
      { savedSearchId: searchId, filter: { city: 'Тула' } },
      student,
      'savedSearch',
    );
    await market.made('updateTutorProfile', { city: 'Тула' }, tutor, 'tutor');
    expect(await told(searchId)).toEqual([tutor.tutorId, tutor.tutorId]);
    await market.made('updateSavedSearch', { savedSearchId: searchId, notify: false }, student, 'savedSearch');
    await market.tutor({ city: 'Тула' });
    await match();
    await market.made('updateSavedSearch', { savedSearchId: searchId, notify: true }, student, 'savedSearch');
    expect(await told(searchId)).toHaveLength(2);
  });

  it.each([
    [{ currency: 'USD' }, { currency: 'USD' }],
    [{ format: 'IN_PERSON' }, { formats: ['IN_PERSON'], city: 'Рига' }],
    [{ language: 'lv' }, { languages: ['lv'] }],
    [{ languages: ['et', 'fi'] }, { languages: ['fi'] }],
    [{ text: 'бандура' }, { biography: 'Учу играть на бандуре' }],
  ])('by %j of %j', async (filter, profile) => {
    const searchId = await save(filter);
    await market.tutor();
    const { tutorId } = await market.tutor(profile);
    expect(await told(searchId)).toEqual([tutorId]);
  });

  it('by rating, level and verification', async () => {
    const searchId = await save({ ratingAtLeast: 4.5, level: 'ADULT', verified: true });
    const tutor = await market.tutor();
    await market.offering(tutor, go, 2_000, { levels: ['ADULT'] });
    await market.sql('update marketplace.tutors set rating_sum = 5, review_count = 1 where id = ?', [tutor.tutorId]);
    expect(await told(searchId)).toEqual([]);
    await market.sql("update marketplace.tutors set verified_until = now() + interval '1 day' where id = ?", [
      tutor.tutorId,
    ]);
    expect(await told(searchId)).toEqual([tutor.tutorId]);
  });

  it('of tutors who become premium, where only these are looked for', async () => {
    const tutor = await market.tutor();
    await market.offering(tutor, go, 1_000);
    const searchId = await save({ subjectId: go, premiumOnly: true });
    const { data } = await market.run('{ savedSearches { filter { premiumOnly verified } } }', {}, student);
    expect(data['savedSearches']).toContainEqual({ filter: { premiumOnly: true, verified: null } });
    await market.made('updateTutorProfile', { headline: 'Another line' }, tutor, 'tutor');
    expect(await told(searchId)).toEqual([]);
    await market.sql('update marketplace.tutors set premium = true where id = ?', [tutor.tutorId]);
    expect(await told(searchId)).toEqual([tutor.tutorId]);
  });

  it('of the same tutors as searching finds, though several processes compare at once', async () => {
    const searchId = await save({ text: 'ocarina' });
    const tutors = await Promise.all([1, 2, 3].map(() => market.tutor({ headline: 'Ocarina' })));
    await Promise.all([match(), match(), match()]);
    expect((await told(searchId)).sort()).toEqual(tutors.map(({ tutorId }) => tutorId).sort());
  });
});

describe('what somebody saved', () => {
  it('is collected and forgotten with them', async () => {
    const [person, tutor] = [await market.student(), await market.tutor()];
    await market.mutate('saveTutor', { tutorId: tutor.tutorId }, person);
    const id = await save({ city: 'Рига' }, person);
    const room = market.graph.rooms.get('marketplace');
    if (!room) throw new Error('The marketplace does not run');
    const collected = await marketplacePrivacy.collect(room.orm.em.fork(), person.userId);
    expect(collected.sections).toMatchObject({
      savedTutors: [{ tutorId: tutor.tutorId }],
      savedSearches: [{ id, name: 'Mine', notify: true, filter: { city: 'Рига' } }],
    });
    await transaction(room.orm.em, (tx) => marketplacePrivacy.erase(tx, person.userId));
    const { sections } = await marketplacePrivacy.collect(room.orm.em.fork(), person.userId);
    expect(sections).toMatchObject({ savedTutors: [], savedSearches: [] });
  });
});
