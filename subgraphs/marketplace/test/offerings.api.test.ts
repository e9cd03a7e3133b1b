import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, NOBODY, type TestTutor } from './market.js';

let market: Market;
let tutor: TestTutor;
const rate = (amountMinor: number, currency = 'EUR') => ({ hourlyRate: { amountMinor, currency } });

beforeAll(async () => {
  market = await Market.open();
});

beforeAll(async () => {
  tutor = await market.tutor();
});

afterAll(() => market.close());

describe('addOffering', () => {
  it('adds a subject with levels and rate', async () => {
    const subjectId = await market.subject();
    const input = { subjectId, levels: ['EXAM', 'ADULT', 'EXAM'], ...rate(2_500) };
    const { payload, refused } = await market.mutate('addOffering', input, tutor);
    expect(refused).toEqual([]);
    expect(payload).toMatchObject({
      offering: {
        levels: ['EXAM', 'ADULT'],
        hourlyRate: { amountMinor: 2_500, currency: 'EUR' },
        subject: { id: subjectId },
      },
      tutor: { id: tutor.tutorId },
    });
  });

  it('takes each subject once, also when asked many times at once', async () => {
    const input = { subjectId: await market.subject(), levels: ['EXAM'], ...rate(2_500) };
    const answers = await Promise.all([1, 2, 3].map(() => market.mutate('addOffering', input, tutor)));
    expect(answers.flatMap(({ refused }) => refused)).toEqual(['ALREADY_OFFERED', 'ALREADY_OFFERED']);
    expect((await market.mutate('addOffering', input, tutor)).refused).toEqual(['ALREADY_OFFERED']);
  });

  it('takes rates in the currency of the profile only, and says which', async () => {
    const input = { subjectId: await market.subject(), levels: ['EXAM'], ...rate(2_500, 'USD') };
    const { userErrors } = await market.mutate('addOffering', input, tutor);
    expect(userErrors).toEqual([
      { code: 'CURRENCY_MISMATCH', field: ['input', 'hourlyRate', 'currency'], message: 'The rate must be in EUR.' },
    ]);
  });

  it.each([
    ['a subject that nobody knows', { subjectId: NOBODY }, 'NOT_FOUND'],
    ['no level', { levels: [] }, 'INVALID_INPUT'],
    ['a rate of nothing', rate(0), 'INVALID_INPUT'],
    ['a rate beyond all bounds', rate(1_000_000_001), 'INVALID_INPUT'],
  ])('refuses %s', async (_what, change, code) => {
    const input = { subjectId: await market.subject(), levels: ['EXAM'], ...rate(2_500), ...change };
    expect((await market.mutate('addOffering', input, tutor)).refused).toEqual([code]);
  });

  it('refuses an archived subject', async () => {
    const subjectId = await market.subject();
    await market.made('archiveSubject', { subjectId }, await market.graph.person('ADMIN'), 'subject');
    const input = { subjectId, levels: ['EXAM'], ...rate(2_500) };
    expect((await market.mutate('addOffering', input, tutor)).refused).toEqual(['SUBJECT_ARCHIVED']);
  });

  it('refuses a twenty-first', async () => {
    const busy = await market.tutor();
    for (let index = 0; index < 20; index++) await market.offering(busy, await market.subject());
    const input = { subjectId: await market.subject(), levels: ['EXAM'], ...rate(2_500) };
    expect((await market.mutate('addOffering', input, busy)).refused).toEqual(['TOO_MANY_OFFERINGS']);
  });
});

describe('updateOffering', () => {
  it('changes what is given and keeps the rest, and may be repeated', async () => {
    const offeringId = await market.offering(tutor, await market.subject());
    const { payload } = await market.mutate('updateOffering', { offeringId, ...rate(4_000) }, tutor);
    expect(payload).toMatchObject({
      offering: { levels: ['EXAM'], hourlyRate: { amountMinor: 4_000, currency: 'EUR' } },
    });
    const again = await market.mutate('updateOffering', { offeringId, ...rate(4_000) }, tutor);
    expect(again.payload).toEqual(payload);
    const levels = await market.mutate('updateOffering', { offeringId, levels: ['ADULT'] }, tutor);
    expect(levels.payload).toMatchObject({ offering: { levels: ['ADULT'], hourlyRate: { amountMinor: 4_000 } } });
  });

  it.each([
    ['another currency', rate(4_000, 'USD'), 'CURRENCY_MISMATCH'],
    ['no level', { levels: [] }, 'INVALID_INPUT'],
  ])('refuses %s', async (_what, change, code) => {
    const offeringId = await market.offering(tutor, await market.subject());
    expect((await market.mutate('updateOffering', { offeringId, ...change }, tutor)).refused).toEqual([code]);
  });
});

describe('withdrawOffering', () => {
  it('withdraws once', async () => {
    const own = await market.tutor();
    const offeringId = await market.offering(own, await market.subject());
    const { payload } = await market.mutate('withdrawOffering', { offeringId }, own);
    expect(payload).toMatchObject({ tutor: { id: own.tutorId, offerings: [] } });
    expect((await market.mutate('withdrawOffering', { offeringId }, own)).refused).toEqual(['NOT_FOUND']);
  });
});

describe.each(['updateOffering', 'withdrawOffering'])('%s', (field) => {
  it('finds offerings of one’s own only', async () => {
    const offeringId = await market.offering(await market.tutor(), await market.subject());
    expect((await market.mutate(field, { offeringId }, tutor)).refused).toEqual(['NOT_FOUND']);
    expect((await market.mutate(field, { offeringId: 'x' }, tutor)).refused).toEqual(['NOT_FOUND']);
    expect((await market.mutate(field, { offeringId: 'x'.repeat(101) }, tutor)).refused).toEqual(['INVALID_INPUT']);
  });
});
