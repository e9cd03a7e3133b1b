import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, NOBODY, PROFILE } from './market.js';

let market: Market;

beforeAll(async () => {
  market = await Market.open();
});

afterAll(() => market.close());

const newTutor = () => market.graph.person('TUTOR', { firstName: 'Anna', lastName: 'Karenina' });

describe('createTutorProfile', () => {
  it('creates a profile with the name that accounts knows', async () => {
    const { payload, refused } = await market.mutate('createTutorProfile', PROFILE, await newTutor());
    expect(refused).toEqual([]);
    expect(payload).toMatchObject({
      tutor: {
        displayName: 'Anna K.',
        headline: PROFILE.headline,
        languages: ['en', 'ru'],
        rating: null,
        hidden: false,
      },
    });
  });

  it('creates one profile for an account that asks many times at once', async () => {
    const person = await newTutor();
    const answers = await Promise.all([1, 2, 3].map(() => market.mutate('createTutorProfile', PROFILE, person)));
    expect(answers.flatMap(({ refused }) => refused)).toEqual(['PROFILE_EXISTS', 'PROFILE_EXISTS']);
    expect((await market.mutate('createTutorProfile', PROFILE, person)).refused).toEqual(['PROFILE_EXISTS']);
  });

  it('refuses lessons in person without a city', async () => {
    const profile = { ...PROFILE, formats: ['ONLINE', 'IN_PERSON'] };
    const { userErrors } = await market.mutate('createTutorProfile', profile, await newTutor());
    expect(userErrors).toMatchObject([{ code: 'CITY_REQUIRED', field: ['input', 'city'] }]);
  });

  it.each([
    ['no headline', { headline: '  ' }, 'headline'],
    ['a biography beyond all bounds', { biography: 'x'.repeat(5_001) }, 'biography'],
    ['no language', { languages: [] }, 'languages'],
    ['no format', { formats: [] }, 'formats'],
    ['more years than a life has', { experienceYears: 81 }, 'experienceYears'],
  ])('names the field for %s', async (_what, change, field) => {
    const { userErrors } = await market.mutate('createTutorProfile', { ...PROFILE, ...change }, await newTutor());
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['input', field] }]);
  });
});

describe('updateTutorProfile', () => {
  it('changes what is given, clears what is null, and keeps the rest, and may be repeated', async () => {
    const tutor = await market.tutor({ biography: 'Long ago', city: 'Riga' });
    const change = { headline: 'New', biography: null, currency: 'USD' };
    const { payload } = await market.mutate('updateTutorProfile', change, tutor);
    expect(payload).toMatchObject({
      tutor: { id: tutor.tutorId, headline: 'New', biography: null, city: 'Riga', currency: 'USD', experienceYears: 5 },
    });
    expect((await market.mutate('updateTutorProfile', change, tutor)).payload).toEqual(payload);
  });

  it('keeps the currency while there are rates in it', async () => {
    const tutor = await market.tutor();
    await market.offering(tutor, await market.subject());
    expect((await market.mutate('updateTutorProfile', { currency: 'USD' }, tutor)).refused).toEqual([
      'CURRENCY_IN_USE',
    ]);
    expect((await market.mutate('updateTutorProfile', { currency: 'EUR' }, tutor)).refused).toEqual([]);
  });

  it('refuses lessons in person without a city, and a field that cannot be so', async () => {
    const tutor = await market.tutor({ city: 'Riga', formats: ['IN_PERSON'] });
    expect((await market.mutate('updateTutorProfile', { city: null }, tutor)).refused).toEqual(['CITY_REQUIRED']);
    expect((await market.mutate('updateTutorProfile', { headline: '' }, tutor)).refused).toEqual(['INVALID_INPUT']);
  });
});

describe('hideTutorProfile', () => {
  const SEEN = 'query ($id: ID!) { tutor(id: $id) { id } }';

  it('hides from strangers and shows again, and may be repeated', async () => {
    const tutor = await market.tutor();
    const seenBy = async (person?: TestPerson) => (await market.run(SEEN, { id: tutor.tutorId }, person)).data['tutor'];
    for (const _again of [1, 2]) {
      const { payload } = await market.mutate('hideTutorProfile', { hidden: true }, tutor);
      expect(payload).toMatchObject({ tutor: { hidden: true } });
    }
    expect(await seenBy()).toBeNull();
    expect(await seenBy(await market.student())).toBeNull();
    expect(await seenBy(tutor)).toEqual({ id: tutor.tutorId });
    expect(await seenBy(await market.graph.person('CURATOR'))).toEqual({ id: tutor.tutorId });
    await market.made('hideTutorProfile', { hidden: false }, tutor, 'tutor');
    expect(await seenBy()).toEqual({ id: tutor.tutorId });
  });

  it('leaves the tutor visible to whoever has a booking with them', async () => {
    const [student, tutor] = [await market.student(), await market.tutor()];
    await market.booking(student, tutor);
    await market.made('hideTutorProfile', { hidden: true }, tutor, 'tutor');
    expect((await market.run(SEEN, { id: tutor.tutorId }, student)).data).toEqual({ tutor: { id: tutor.tutorId } });
  });
});

describe.each([
  ['updateTutorProfile', { headline: 'New' }],
  ['hideTutorProfile', { hidden: true }],
  ['addOffering', { subjectId: NOBODY, levels: ['EXAM'], hourlyRate: { amountMinor: 1, currency: 'EUR' } }],
  ['updateOffering', { offeringId: NOBODY }],
  ['withdrawOffering', { offeringId: NOBODY }],
])('%s', (field, input) => {
  it('needs a profile', async () => {
    expect((await market.mutate(field, input, await newTutor())).refused).toEqual(['PROFILE_REQUIRED']);
  });
});

describe.each([
  ['createTutorProfile', PROFILE],
  ['updateTutorProfile', { headline: 'New' }],
  ['hideTutorProfile', { hidden: true }],
  ['addOffering', { subjectId: NOBODY, levels: ['EXAM'], hourlyRate: { amountMinor: 1, currency: 'EUR' } }],
  ['updateOffering', { offeringId: NOBODY }],
  ['withdrawOffering', { offeringId: NOBODY }],
])('%s', (field, input) => {
  it.each(['STUDENT', 'CURATOR', 'SUPERVISOR', 'HR', 'ADMIN'] as const)('is forbidden to %s', async (role) => {
    expect((await market.mutate(field, input, await market.graph.person(role))).codes).toEqual(['FORBIDDEN']);
  });

  it('is not for somebody who is not signed in', async () => {
    expect((await market.mutate(field, input)).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('refuses input of another shape', async () => {
    const malformed = { ...input, unknown: true };
    expect((await market.mutate(field, malformed, await newTutor())).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('the account behind a profile', () => {
  it('is for the tutor, staff, and students who have a booking with them', async () => {
    const [tutor, booked] = [await market.tutor(), await market.student()];
    await market.booking(booked, tutor);
    const seenBy = async (person?: TestPerson) => {
      const { data } = await market.run(
        'query ($id: ID!) { tutor(id: $id) { user { id } } }',
        { id: tutor.tutorId },
        person,
      );
      return (data['tutor'] as { user: { id: string } | null }).user;
    };
    for (const person of [tutor, booked, await market.graph.person('HR'), await market.graph.person('SUPER_ADMIN')]) {
      expect(await seenBy(person)).toEqual({ id: tutor.userId });
    }
    for (const person of [undefined, await market.student(), await market.tutor()]) {
      expect(await seenBy(person)).toBeNull();
    }
  });
});

describe('myTutorProfile', () => {
  const MINE = '{ myTutorProfile { id } }';

  it('is the own profile, null without one, and not for somebody who is not signed in', async () => {
    const tutor = await market.tutor();
    expect((await market.run(MINE, {}, tutor)).data).toEqual({ myTutorProfile: { id: tutor.tutorId } });
    expect((await market.run(MINE, {}, await market.student())).data).toEqual({ myTutorProfile: null });
    expect((await market.run(MINE)).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a tutor by reference', () => {
  const ENTITY =
    'query ($id: ID!) { _entities(representations: [{ __typename: "Tutor", id: $id }]) { ... on Tutor { displayName } } }';

  it('is as by id: nobody is told of a hidden one', async () => {
    const tutor = await market.tutor();
    const { data } = await market.run(ENTITY, { id: tutor.tutorId });
    expect(data).toEqual({ _entities: [{ displayName: 'Tanya T.' }] });
    await market.made('hideTutorProfile', { hidden: true }, tutor, 'tutor');
    expect((await market.run(ENTITY, { id: tutor.tutorId })).data).toEqual({ _entities: [null] });
    expect((await market.run(ENTITY, { id: 'x' })).data).toEqual({ _entities: [null] });
  });
});
