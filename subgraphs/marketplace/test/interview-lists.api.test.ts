import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, type TestTutor } from './market.js';

let market: Market;
let hr: TestPerson;
let admin: TestPerson;

beforeAll(async () => {
  market = await Market.open();
  [hr, admin] = [await market.graph.person('HR'), await market.graph.person('ADMIN')];
});
afterAll(() => market.close());

/** A tutor who has asked for an interview. */
async function requested(): Promise<{ tutor: TestTutor; interviewId: string }> {
  const tutor = await market.tutor();
  const offeringId = await market.offering(tutor, await market.subject());
  const { id } = await market.made('requestInterview', { offeringId }, tutor, 'interview');
  return { tutor, interviewId: id };
}

/** The interview of a tutor whom an administrator will talk to tomorrow. */
async function scheduled(): Promise<{ tutor: TestTutor; interviewId: string }> {
  const scene = await requested();
  const startsAt = new Date(Date.now() + 24 * 60 * 60 * 1000);
  const plan = { interviewId: scene.interviewId, expectedVersion: 1, startsAt, durationMinutes: 30 };
  await market.made('scheduleInterview', plan, admin, 'interview');
  return scene;
}

describe('interviews', () => {
  const LIST = 'query ($filter: InterviewFilter) { interviews(filter: $filter) { edges { node { id } } } }';

  it('are listed for staff by all that is asked for', async () => {
    const [pending, later] = [await requested(), await scheduled()];
    const list = (filter: object) => market.ids(LIST, 'interviews', { filter }, hr);
    expect((await list({})).slice(0, 2)).toEqual([later.interviewId, pending.interviewId]);
    expect(await list({ tutorId: pending.tutor.tutorId })).toEqual([pending.interviewId]);
    expect(await list({ tutorId: later.tutor.tutorId, status: 'PENDING' })).toEqual([]);
    expect(await list({ tutorId: later.tutor.tutorId, interviewerId: admin.userId })).toEqual([later.interviewId]);
    expect(await list({ interviewerId: 'nobody' })).toEqual([]);
    const [row] = await market.sql<{ starts_at: string }>('select starts_at from marketplace.interviews where id = ?', [
      later.interviewId,
    ]);
    const startsAt = new Date(row?.starts_at ?? '');
    const next = new Date(startsAt.getTime() + 1);
    const { tutorId } = later.tutor;
    expect(await list({ tutorId, from: startsAt.toISOString(), to: next.toISOString() })).toEqual([later.interviewId]);
    expect(await list({ tutorId, from: next.toISOString() })).toEqual([]);
    expect(await list({ tutorId, to: startsAt.toISOString() })).toEqual([]);
  });

  it('are listed for their tutor', async () => {
    const { tutor, interviewId } = await requested();
    const query = '{ myInterviews { edges { node { id } } } }';
    expect(await market.ids(query, 'myInterviews', {}, tutor)).toEqual([interviewId]);
    expect(await market.ids(query, 'myInterviews', {}, await market.student())).toEqual([]);
  });
});
