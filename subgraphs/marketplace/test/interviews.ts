import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { inHours, type Market, type TestTutor } from './market.js';

/** An interview that a tutor has asked for. */
export interface AskedInterview {
  interviewId: string;
  offeringId: string;
  tutor: TestTutor;
}

/** A new tutor asks for an interview. */
export async function askedInterview(market: Market, words: object = {}): Promise<AskedInterview> {
  const tutor = await market.tutor();
  const offeringId = await market.offering(tutor, await market.subject());
  const input = { offeringId, ...words };
  const { id: interviewId } = await market.made('requestInterview', input, tutor, 'interview');
  return { interviewId, offeringId, tutor };
}

/** Staff gives it a time in so many hours, half an hour long, as it was seen last. */
export async function giveTime(market: Market, staff: TestPerson, interviewId: string, hours: number): Promise<Date> {
  const startsAt = inHours(hours);
  const [row] = await market.sql<{ version: number }>('select version from marketplace.interviews where id = ?', [
    interviewId,
  ]);
  const plan = { interviewId, expectedVersion: row?.version, startsAt: startsAt.toISOString(), durationMinutes: 30 };
  await market.made('scheduleInterview', plan, staff, 'interview');
  return startsAt;
}
