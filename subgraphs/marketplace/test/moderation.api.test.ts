import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, NOBODY, type TestTutor } from './market.js';
import { jobsDone, seenCase, waitingCases } from './moderation.js';

const CONTACT = 'Great lessons. Call me: +44 20 7946 0958';
let market: Market;
let student: TestPerson;
let tutor: TestTutor;
let staff: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  market = await Market.open();
  [staff, other] = [await market.graph.person('HR'), await market.graph.person('ADMIN')];
});

afterAll(() => market.close());

/** A student's review of a tutor, both new. */
async function reviewed(text: string, rating = 5): Promise<string> {
  [student, tutor] = [await market.student(), await market.tutor()];
  const bookingId = await market.booking(student, tutor, 'COMPLETED');
  return (await market.made('reviewTutor', { bookingId, rating, text }, student, 'review')).id;
}

/** The one case that waits about the tutor. */
async function onlyCase(): Promise<string> {
  const cases = await waitingCases(market, tutor.tutorId);
  expect(cases).toHaveLength(1);
  return cases[0]?.id ?? '';
}

const SEEN = `query ($id: ID!) { tutor(id: $id) { headline biography rating reviewCount
  heldTexts { state headline biography education } reviews { totalCount edges { node { text state } } } } }`;
const seenTutor = async (person?: TestPerson) => (await market.run(SEEN, { id: tutor.tutorId }, person)).data['tutor'];
const texts = (...nodes: object[]) => ({ totalCount: nodes.length, edges: nodes.map((node) => ({ node })) });
const decide = (caseId: string, decision: string, person: TestPerson, reason?: string) =>
  market.mutate('decideModeration', { caseId, decision, ...(reason && { reason }) }, person);
const told = (caseId: string) =>
  market.sql<{ type: string }>(
    `select split_part(event ->> 'type', '.', 4) as type from marketplace.outbox where event ->> 'subject' = ?
      and event ->> 'type' like '%.moderation.%' order by sequence`,
    [caseId],
  );

describe('a review with contacts', () => {
  it('is seen by its author alone and does not count, until staff publishes it', async () => {
    await reviewed(CONTACT);
    const hidden = { rating: null, reviewCount: 0, reviews: texts() };
    for (const person of [undefined, tutor, staff]) expect(await seenTutor(person)).toMatchObject(hidden);
    expect(await seenTutor(student)).toMatchObject({ reviews: texts({ text: CONTACT, state: 'IN_REVIEW' }) });
    const caseId = await onlyCase();
    expect(await seenCase(market, caseId, staff)).toMatchObject({
      kind: 'REVIEW',
      status: 'WAITING',
      held: true,
      texts: [{ field: 'text', text: CONTACT }],
      author: { id: student.userId },
      decisions: [
        {
          judge: 'LOCAL',
          model: 'local-rules-1',
          outcome: 'IN_REVIEW',
          findings: [{ category: 'contacts/phone', field: 'text' }],
        },
      ],
    });
    expect((await decide(caseId, 'PUBLISH', staff)).payload).toMatchObject({
      moderationCase: { status: 'DECIDED', outcome: 'PUBLISHED' },
    });
    expect(await seenTutor()).toMatchObject({
      rating: 5,
      reviewCount: 1,
      reviews: texts({ text: CONTACT, state: 'PUBLISHED' }),
    });
    expect(await waitingCases(market, tutor.tutorId)).toEqual([]);
    expect((await told(caseId)).map(({ type }) => type)).toEqual(['queued', 'decided']);
  });

  it('is free as soon as its author corrects it, and its case is closed', async () => {
    const reviewId = await reviewed(CONTACT);
    const caseId = await onlyCase();
    const { payload } = await market.mutate('updateReview', { reviewId, text: 'Great lessons.' }, student);
    expect(payload).toMatchObject({ review: { state: 'PUBLISHED' }, tutor: { rating: 5, reviewCount: 1 } });
    expect(await seenCase(market, caseId, staff)).toMatchObject({ status: 'SUPERSEDED' });
    expect((await decide(caseId, 'REJECT', staff, 'Contacts')).refused).toEqual(['CASE_CLOSED']);
  });

  it('takes its stars out of the rating when a changed text holds them', async () => {
    const reviewId = await reviewed('Great lessons.');
    expect(await seenTutor()).toMatchObject({ rating: 5, reviewCount: 1 });
    await market.mutate('updateReview', { reviewId, rating: 3, text: CONTACT }, student);
    expect(await seenTutor()).toMatchObject({ rating: null, reviewCount: 0 });
    await decide(await onlyCase(), 'PUBLISH', staff);
    expect(await seenTutor()).toMatchObject({ rating: 3, reviewCount: 1 });
  });
});

describe('a review with a doubtful word', () => {
  it('is public while staff looks at it, and goes when staff rejects it', async () => {
    await reviewed('What an idiot', 1);
    expect(await seenTutor()).toMatchObject({ rating: 1, reviewCount: 1 });
    const caseId = await onlyCase();
    expect(await seenCase(market, caseId, staff)).toMatchObject({ held: false });
    expect((await decide(caseId, 'REJECT', staff)).refused).toEqual(['INVALID_INPUT']);
    expect((await decide(caseId, 'REJECT', staff, 'An insult')).refused).toEqual([]);
    expect(await seenTutor()).toMatchObject({ rating: null, reviewCount: 0, reviews: texts() });
  });
});

describe('a rejected review', () => {
  it('stays hidden whatever its author writes instead, also anew, until staff decides', async () => {
    const reviewId = await reviewed(CONTACT);
    await decide(await onlyCase(), 'REJECT', staff, 'Contacts');
    const changed = await market.mutate('updateReview', { reviewId, text: 'Great lessons.' }, student);
    expect(changed.payload).toMatchObject({ review: { state: 'IN_REVIEW' }, tutor: { reviewCount: 0 } });
    await market.mutate('deleteReview', { reviewId }, student);
    const bookingId = await market.booking(student, tutor, 'COMPLETED');
    const again = await market.mutate('reviewTutor', { bookingId, rating: 5, text: 'Great lessons.' }, student);
    expect(again.payload).toMatchObject({ review: { state: 'IN_REVIEW' } });
    await decide(await onlyCase(), 'PUBLISH', staff);
    expect(await seenTutor()).toMatchObject({ reviewCount: 1 });
  });

  it('may be appealed against once; another member of staff decides, the same one after three days', async () => {
    await reviewed(CONTACT);
    const caseId = await onlyCase();
    await decide(caseId, 'REJECT', staff, 'Contacts');
    expect(await seenCase(market, caseId, student)).toMatchObject({
      outcome: 'REJECTED',
      reason: 'Contacts',
      decisions: null,
      decidedBy: null,
    });
    const appeal = (person: TestPerson) =>
      market.mutate('appealModeration', { caseId, statement: 'It is the fax of the school.' }, person);
    expect((await appeal(tutor)).refused).toEqual(['NOT_FOUND']);
    expect((await appeal(staff)).refused).toEqual(['NOT_FOUND']);
    expect((await appeal(student)).payload).toMatchObject({ moderationCase: { status: 'APPEALED' } });
    expect((await appeal(student)).refused).toEqual(['ALREADY_APPEALED']);
    expect(await waitingCases(market, tutor.tutorId, { appealed: true })).toHaveLength(1);
    expect(await waitingCases(market, tutor.tutorId, { appealed: false })).toEqual([]);
    expect((await decide(caseId, 'PUBLISH', staff)).refused).toEqual(['DECIDED_BY_YOU']);
    await market.sql(`update marketplace.moderation_cases set appealed_at = now() - interval '73 hours' where id = ?`, [
      caseId,
    ]);
    expect((await decide(caseId, 'REJECT', staff, 'Still contacts')).refused).toEqual([]);
    expect((await appeal(student)).refused).toEqual(['ALREADY_APPEALED']);
    expect((await told(caseId)).map(({ type }) => type)).toEqual(['queued', 'decided', 'appealed', 'decided']);
  });

  it('is published when another member of staff grants the appeal, and the audit log hears of both', async () => {
    await reviewed(CONTACT);
    const caseId = await onlyCase();
    await decide(caseId, 'REJECT', staff, 'Contacts');
    await market.mutate('appealModeration', { caseId, statement: 'It is the fax of the school.' }, student);
    expect((await decide(caseId, 'PUBLISH', other)).refused).toEqual([]);
    expect(await seenTutor()).toMatchObject({ reviewCount: 1 });
    const heard = await market.sql<{ data: Record<string, unknown> }>(
      `select event -> 'data' as data from marketplace.outbox
        where event ->> 'type' like '%staff-action.performed.v1' and event ->> 'subject' = ? order by sequence`,
      [caseId],
    );
    const actions = ['marketplace.moderation.reject', 'marketplace.moderation.publish'];
    expect(heard.map(({ data }) => data['action'])).toEqual(actions);
    expect(heard.map(({ data }) => data['actorId'])).toEqual([staff.userId, other.userId]);
    expect(new Set(heard.map(({ data }) => data['userId']))).toEqual(new Set([student.userId]));
  });

  it('that is published cannot be appealed against', async () => {
    await reviewed(CONTACT);
    const caseId = await onlyCase();
    const appeal = () => market.mutate('appealModeration', { caseId, statement: 'Why?' }, student);
    expect((await appeal()).refused).toEqual(['NOT_APPEALABLE']);
    await decide(caseId, 'PUBLISH', staff);
    expect((await appeal()).refused).toEqual(['NOT_APPEALABLE']);
  });
});

describe('a profile', () => {
  it('keeps its accepted text in public while an offending one waits for staff', async () => {
    tutor = await market.tutor({ biography: 'Ten years at school.' });
    const change = { headline: 'Patient teacher', biography: 'Telegram: tanya_teaches' };
    await market.mutate('updateTutorProfile', change, tutor);
    const shown = { headline: 'Patient teacher', biography: 'Ten years at school.' };
    expect(await seenTutor()).toMatchObject({ ...shown, heldTexts: null });
    const heldTexts = { state: 'IN_REVIEW', headline: null, biography: change.biography, education: null };
    for (const person of [tutor, staff]) expect(await seenTutor(person)).toMatchObject({ ...shown, heldTexts });
    await decide(await onlyCase(), 'PUBLISH', staff);
    expect(await seenTutor(tutor)).toMatchObject({ ...change, heldTexts: null });
  });

  it('shows no headline where none was accepted', async () => {
    tutor = await market.tutor({ headline: 'Write to tanya@example.com' });
    expect(await seenTutor()).toMatchObject({ headline: '[…]' });
    const caseId = await onlyCase();
    await decide(caseId, 'REJECT', staff, 'Contacts');
    expect(await seenTutor(tutor)).toMatchObject({ headline: '[…]', heldTexts: { state: 'REJECTED' } });
    // Another field does not touch what was rejected: it can still be appealed against.
    await market.mutate('updateTutorProfile', { biography: 'Ten years at school.' }, tutor);
    expect(await seenTutor(tutor)).toMatchObject({
      biography: 'Ten years at school.',
      heldTexts: { state: 'REJECTED' },
    });
    const appeal = await market.mutate('appealModeration', { caseId, statement: 'It is an example.' }, tutor);
    expect(appeal.refused).toEqual([]);
    await decide(caseId, 'PUBLISH', other);
    expect(await seenTutor(tutor)).toMatchObject({ headline: 'Write to tanya@example.com', heldTexts: null });
  });

  it('is free when the tutor corrects what the local rules kept back, and not when staff did', async () => {
    tutor = await market.tutor({ headline: 'Write to tanya@example.com' });
    await market.mutate('updateTutorProfile', { headline: 'Patient' }, tutor);
    expect(await seenTutor(tutor)).toMatchObject({ headline: 'Patient', heldTexts: null });
    expect(await waitingCases(market, tutor.tutorId)).toEqual([]);
    await market.mutate('updateTutorProfile', { headline: 'Write to tanya@example.com' }, tutor);
    await decide(await onlyCase(), 'REJECT', staff, 'Contacts');
    await market.mutate('updateTutorProfile', { headline: 'Kind' }, tutor);
    expect(await seenTutor(tutor)).toMatchObject({
      headline: 'Patient',
      heldTexts: { state: 'IN_REVIEW', headline: 'Kind' },
    });
  });

  it('gets its accepted text back when staff rejects a doubtful one', async () => {
    tutor = await market.tutor({ biography: 'Ten years at school.' });
    await jobsDone(market, 'moderate-text');
    await market.mutate('updateTutorProfile', { biography: 'No idiot fails with me.' }, tutor);
    await jobsDone(market, 'moderate-text');
    expect(await seenTutor()).toMatchObject({ biography: 'No idiot fails with me.' });
    await decide(await onlyCase(), 'REJECT', staff, 'An insult');
    expect(await seenTutor()).toMatchObject({ biography: 'Ten years at school.' });
  });
});

describe('decideModeration', () => {
  it('finds only what is there, decides once, and not on what one wrote oneself', async () => {
    await reviewed(CONTACT);
    const caseId = await onlyCase();
    for (const id of [NOBODY, 'x']) expect((await decide(id, 'PUBLISH', staff)).refused).toEqual(['NOT_FOUND']);
    await market.sql('update marketplace.moderation_cases set author_id = ? where id = ?', [staff.userId, caseId]);
    expect((await decide(caseId, 'PUBLISH', staff)).refused).toEqual(['OWN_CONTENT']);
    const both = await Promise.all([decide(caseId, 'PUBLISH', other), decide(caseId, 'REJECT', other, 'No')]);
    expect(both.flatMap(({ refused }) => refused)).toEqual(['CASE_CLOSED']);
  });

  it('finds nothing left when the author has taken it back', async () => {
    const reviewId = await reviewed(CONTACT);
    const caseId = await onlyCase();
    await market.mutate('deleteReview', { reviewId }, student);
    expect((await decide(caseId, 'PUBLISH', staff)).refused).toEqual(['CASE_CLOSED']);
    expect(await seenCase(market, caseId, staff)).toMatchObject({ status: 'WITHDRAWN', texts: [], review: null });
  });
});

describe('moderation', () => {
  it.each(['STUDENT', 'TUTOR', 'CURATOR'] as const)('is not for %s', async (role) => {
    await reviewed(CONTACT);
    const caseId = await onlyCase();
    const person = await market.graph.person(role);
    expect((await decide(caseId, 'PUBLISH', person)).codes).toEqual(['FORBIDDEN']);
    expect((await market.run('{ moderationQueue { totalCount } }', {}, person)).codes).toEqual(['FORBIDDEN']);
    expect(await seenCase(market, caseId, person)).toBeNull();
  });

  it('shows people the cases about what they wrote', async () => {
    await reviewed(CONTACT);
    const caseId = await onlyCase();
    const own = '{ myModerationCases { edges { node { id } } } }';
    expect(await market.ids(own, 'myModerationCases', {}, student)).toEqual([caseId]);
    expect(await market.ids(own, 'myModerationCases', {}, tutor)).toEqual([]);
  });

  it('keeps decisions for good', async () => {
    await reviewed(CONTACT);
    await expect(market.sql('update marketplace.moderation_decisions set findings = null')).rejects.toThrow(
      'append-only',
    );
    await expect(market.sql('delete from marketplace.moderation_decisions')).rejects.toThrow('append-only');
  });
});
