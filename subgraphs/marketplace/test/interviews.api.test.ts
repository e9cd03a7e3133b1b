import { newId } from '@tutorgraph/kit/database/id';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InterviewStatus, interviewStatuses } from '../src/interviews/interview.rules.js';
import { Market, NOBODY, type TestTutor } from './market.js';

let market: Market;
let hr: TestPerson;
let admin: TestPerson;

beforeAll(async () => {
  market = await Market.open();
  [hr, admin] = [await market.graph.person('HR'), await market.graph.person('ADMIN')];
});
afterAll(() => market.close());

interface Scene {
  tutor: TestTutor;
  offeringId: string;
  subjectId: string;
  interviewId: string;
}

const WORDS = { note: 'I have taught for ten years.', preferredTimes: 'Mondays after six, Moscow time' };

/** Each interview of a test is at an hour of its own. */
let hours = 24;
function anHour(): Date {
  hours += 3;
  return new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + hours * 3_600_000);
}

/** A tutor who has asked for an interview. */
async function requested(): Promise<Scene> {
  const [tutor, subjectId] = [await market.tutor(), await market.subject()];
  const offeringId = await market.offering(tutor, subjectId);
  const { id } = await market.made('requestInterview', { offeringId, ...WORDS }, tutor, 'interview');
  return { tutor, offeringId, subjectId, interviewId: id };
}

function schedule(interviewId: string, change: object = {}, person = hr) {
  const plan = { interviewId, expectedVersion: 1, startsAt: anHour().toISOString(), durationMinutes: 30, ...change };
  return market.mutate('scheduleInterview', plan, person);
}

async function scheduled(change: object = {}, person = hr): Promise<Scene> {
  const scene = await requested();
  const { refused, codes } = await schedule(scene.interviewId, change, person);
  expect([...refused, ...codes]).toEqual([]);
  return scene;
}

/** An interview that stands so; one that is COMPLETED was passed. */
async function standing(status: InterviewStatus): Promise<Scene> {
  if (status === 'PENDING') return requested();
  if (status === 'REJECTED') {
    const scene = await requested();
    await market.made('rejectInterview', { interviewId: scene.interviewId, reason: 'No.' }, hr, 'interview');
    return scene;
  }
  const scene = await scheduled();
  const { interviewId } = scene;
  if (status === 'CANCELLED') await market.made('cancelInterview', { interviewId }, hr, 'interview');
  if (status === 'COMPLETED') {
    await begin(interviewId);
    await market.made('completeInterview', { interviewId, verdict: 'PASSED' }, hr, 'interview');
  }
  return scene;
}

/** Lets the time of an interview come. */
async function begin(interviewId: string): Promise<void> {
  hours += 3;
  const statement = `update marketplace.interviews set starts_at = now() - interval '${hours} hours',
    ends_at = now() - interval '${hours} hours' + interval '30 minutes' where id = ?`;
  await market.sql(statement, [interviewId]);
}

/** Types of the events about something, in their order. */
async function told(subject: string): Promise<string[]> {
  const rows = await market.sql<{ type: string }>(
    `select event ->> 'type' as type from marketplace.outbox where event ->> 'subject' = ? order by sequence`,
    [subject],
  );
  return rows.map(({ type }) => type.replace(/^tutorgraph\.marketplace\.(.*)\.v1$/, '$1'));
}

const SHOWN = `id status note internalNote outcomeNote invitation meeting { provider url } interviewer { id }`;
async function shown(id: string, person: TestPerson): Promise<Record<string, unknown> | null> {
  const { data } = await market.run(`query ($id: ID!) { interview(id: $id) { ${SHOWN} } }`, { id }, person);
  return data['interview'] as Record<string, unknown> | null;
}

describe('requestInterview', () => {
  it('asks staff, who are told by an event without words', async () => {
    const { tutor, interviewId, subjectId } = await requested();
    expect(await shown(interviewId, tutor)).toMatchObject({ status: 'PENDING', note: WORDS.note, interviewer: null });
    const [row] = await market.sql<{ data: object }>(
      `select event -> 'data' as data from marketplace.outbox where event ->> 'subject' = ?`,
      [interviewId],
    );
    const { tutorId, userId } = tutor;
    expect(row?.data).toEqual({ tutorId, userId, subjectId, interviewerId: null, status: 'PENDING' });
  });

  it('is refused for what is not taught, asked for before, passed before or archived', async () => {
    const { tutor, offeringId } = await requested();
    const refusedOf = async (id: string, person: TestPerson) =>
      (await market.mutate('requestInterview', { offeringId: id }, person)).refused;
    expect(await refusedOf(offeringId, tutor)).toEqual(['INTERVIEW_REQUESTED_BEFORE']);
    expect(await refusedOf(offeringId, await market.tutor())).toEqual(['NOT_FOUND']);
    expect(await refusedOf('nothing', tutor)).toEqual(['NOT_FOUND']);
    expect(await refusedOf(offeringId, await market.graph.person('TUTOR'))).toEqual(['PROFILE_REQUIRED']);
    const passed = await standing('COMPLETED');
    expect(await refusedOf(passed.offeringId, passed.tutor)).toEqual(['INTERVIEW_PASSED_BEFORE']);
    const archived = await market.subject();
    const other = await market.offering(tutor, archived);
    await market.mutate('archiveSubject', { subjectId: archived }, admin);
    expect(await refusedOf(other, tutor)).toEqual(['SUBJECT_ARCHIVED']);
    const long = await market.mutate('requestInterview', { offeringId, note: 'x'.repeat(2_001) }, tutor);
    expect(long.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['input', 'note'] }]);
  });

  it('makes one interview of two requests at once', async () => {
    const [tutor, subjectId] = [await market.tutor(), await market.subject()];
    const offeringId = await market.offering(tutor, subjectId);
    const outcomes = await Promise.all([1, 2, 3].map(() => market.mutate('requestInterview', { offeringId }, tutor)));
    expect(outcomes.flatMap(({ refused }) => refused)).toEqual(Array(2).fill('INTERVIEW_REQUESTED_BEFORE'));
  });
});

describe('what is done to an interview', () => {
  const actions: Record<string, (scene: Scene) => Promise<{ refused: string[] }>> = {
    schedule: async ({ interviewId }) => {
      const [row] = await market.sql<{ version: number }>('select version from marketplace.interviews where id = ?', [
        interviewId,
      ]);
      return schedule(interviewId, { expectedVersion: row?.version });
    },
    reject: ({ interviewId }) => market.mutate('rejectInterview', { interviewId, reason: 'No.' }, hr),
    complete: async ({ interviewId }) => {
      await begin(interviewId);
      return market.mutate('completeInterview', { interviewId, verdict: 'FAILED' }, hr);
    },
    'cancel as staff': ({ interviewId }) => market.mutate('cancelInterview', { interviewId }, hr),
    'cancel as its tutor': ({ interviewId, tutor }) => market.mutate('cancelInterview', { interviewId }, tutor),
  };
  const allowed: Record<string, InterviewStatus[]> = {
    schedule: ['PENDING', 'SCHEDULED'],
    reject: ['PENDING'],
    complete: ['SCHEDULED'],
    'cancel as staff': ['PENDING', 'SCHEDULED'],
    'cancel as its tutor': ['PENDING', 'SCHEDULED'],
  };
  const refusals: Record<string, string> = {
    schedule: 'INTERVIEW_OVER',
    reject: 'INTERVIEW_NOT_PENDING',
    complete: 'INTERVIEW_NOT_SCHEDULED',
    'cancel as staff': 'INTERVIEW_OVER',
    'cancel as its tutor': 'INTERVIEW_OVER',
  };
  const cases = Object.keys(actions).flatMap((action) =>
    interviewStatuses.map((status): [string, InterviewStatus] => [action, status]),
  );

  it.each(cases)('%s is possible or refused where it is %s', async (action, status) => {
    const scene = await standing(status);
    const outcome = await actions[action]?.(scene);
    expect(outcome?.refused).toEqual(allowed[action]?.includes(status) ? [] : [refusals[action]]);
  });

  it('is told to the other rooms, and staff’s part of it to the audit log', async () => {
    const passed = await standing('COMPLETED');
    const events = await told(passed.interviewId);
    expect(events.filter((type) => type !== 'interview.meeting-changed')).toEqual([
      'interview.requested',
      'interview.scheduled',
      'staff-action.performed',
      'interview.completed',
      'staff-action.performed',
    ]);
    const [action] = await market.sql<{ data: object }>(
      `select event -> 'data' as data from marketplace.outbox
        where event ->> 'subject' = ? and event ->> 'type' like '%staff-action%' order by sequence desc limit 1`,
      [passed.interviewId],
    );
    expect(action?.data).toMatchObject({
      actorId: hr.userId,
      action: 'marketplace.interview.complete',
      resource: 'Interview',
      userId: passed.tutor.userId,
      fields: ['verdict', 'outcomeNote'],
    });
    const { interviewId, tutor } = await requested();
    await market.mutate('cancelInterview', { interviewId, reason: 'I am ill.' }, tutor);
    expect(await told(interviewId)).toEqual(['interview.requested', 'interview.cancelled']);
  });

  it('is for staff who may, and for the tutor only to give it up', async () => {
    const { interviewId, tutor } = await scheduled();
    const curator = await market.graph.person('CURATOR');
    for (const person of [tutor, curator]) {
      const { codes } = await market.mutate('rejectInterview', { interviewId, reason: 'No.' }, person);
      expect(codes).toEqual(['FORBIDDEN']);
    }
    for (const person of [curator, await market.tutor(), await market.student()]) {
      expect((await market.mutate('cancelInterview', { interviewId }, person)).refused).toEqual(['NOT_FOUND']);
      expect(await shown(interviewId, person)).toBeNull();
    }
    const { refused } = await market.mutate('rejectInterview', { interviewId: NOBODY, reason: 'No.' }, hr);
    expect(refused).toEqual(['NOT_FOUND']);
  });

  it('is never decided by whom it is about', async () => {
    const boss = await market.graph.person('SUPER_ADMIN');
    const subjectId = await market.subject();
    const profile = { headline: 'Boss', currency: 'EUR', languages: ['en'], formats: ['ONLINE'], experienceYears: 1 };
    const { id: tutorId } = await market.made('createTutorProfile', profile, boss, 'tutor');
    const offeringId = await market.offering({ ...boss, tutorId }, subjectId);
    const { id } = await market.made('requestInterview', { offeringId }, boss, 'interview');
    expect((await schedule(id, {}, boss)).refused).toEqual(['OWN_INTERVIEW']);
    expect((await schedule(id, { interviewerId: boss.userId })).refused).toEqual(['INTERVIEWER_UNKNOWN']);
  });
});

describe('scheduleInterview', () => {
  it('gives it a time and an interviewer: whoever schedules it, unless another one is named', async () => {
    const startsAt = anHour();
    const { interviewId } = await requested();
    const first = await schedule(interviewId, { startsAt: startsAt.toISOString(), durationMinutes: 45 });
    expect(first.payload).toMatchObject({
      interview: {
        status: 'SCHEDULED',
        version: 2,
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + 45 * 60_000).toISOString(),
        interviewer: { id: hr.userId },
      },
    });
    const moved = await schedule(interviewId, { expectedVersion: 2 }, admin);
    expect(moved.payload).toMatchObject({ interview: { version: 3, interviewer: { id: hr.userId } } });
    const given = await schedule(interviewId, { expectedVersion: 3, interviewerId: admin.userId });
    expect(given.payload).toMatchObject({ interview: { interviewer: { id: admin.userId } } });
    const events = (await told(interviewId)).filter(
      (type) => type.startsWith('interview.') && !type.includes('meeting'),
    );
    expect(events).toEqual([
      'interview.requested',
      'interview.scheduled',
      'interview.rescheduled',
      'interview.rescheduled',
    ]);
  });

  it('is refused in the past, for too short or too long, and with an interviewer who is nobody', async () => {
    const { interviewId } = await requested();
    const past = await schedule(interviewId, { startsAt: new Date(Date.now() - 60_000).toISOString() });
    expect(past.userErrors).toMatchObject([{ code: 'INTERVIEW_IN_THE_PAST', field: ['input', 'startsAt'] }]);
    const never = await schedule(interviewId, { startsAt: '9999-12-31T23:50:00Z' });
    expect(never, 'it would end in a year that the database does not read').toMatchObject({
      refused: ['INVALID_INPUT'],
      codes: [],
    });
    for (const durationMinutes of [9, 181]) {
      expect((await schedule(interviewId, { durationMinutes })).refused).toEqual(['INVALID_INPUT']);
    }
    for (const interviewerId of [NOBODY, 'nobody', newId()]) {
      expect((await schedule(interviewId, { interviewerId })).refused).toEqual(['INTERVIEWER_UNKNOWN']);
    }
  });

  it('of two at once is one, and the second is told that it has changed', async () => {
    const { interviewId } = await requested();
    const [one, other] = await Promise.all([schedule(interviewId), schedule(interviewId, {}, admin)]);
    expect([...(one?.refused ?? []), ...(other?.refused ?? [])]).toEqual(['INTERVIEW_CHANGED']);
  });

  it('keeps an interviewer from two interviews at a time, also when both are scheduled at once', async () => {
    const interviews = await Promise.all([requested(), requested(), requested(), requested()]);
    const startsAt = anHour();
    const shift = (minutes: number) => new Date(startsAt.getTime() + minutes * 60_000).toISOString();
    const outcomes = await Promise.all(
      interviews.map(({ interviewId }, index) => schedule(interviewId, { startsAt: shift(index * 5) })),
    );
    expect(outcomes.flatMap(({ refused }) => refused)).toEqual(Array(3).fill('INTERVIEWER_BUSY'));
    const last = interviews.at(-1)?.interviewId ?? '';
    const [row] = await market.sql<{ status: string; version: number }>(
      'select status, version from marketplace.interviews where id = ?',
      [last],
    );
    // Right behind the last one is free.
    if (row?.status === 'PENDING') expect((await schedule(last, { startsAt: shift(45) })).refused).toEqual([]);
  });

  it('is refused while the tutor has a lesson or another interview, and keeps lessons from that time', async () => {
    const { tutor, interviewId } = await requested();
    const startsAt = anHour();
    const bookingId = await market.booking(await market.student(), tutor);
    await market.sql(
      `update marketplace.bookings set status = 'CONFIRMED', starts_at = ?, ends_at = ?::timestamptz + interval '1 hour' where id = ?`,
      [startsAt, startsAt, bookingId],
    );
    const during = new Date(startsAt.getTime() + 30 * 60_000).toISOString();
    const after = new Date(startsAt.getTime() + 60 * 60_000).toISOString();
    expect((await schedule(interviewId, { startsAt: during })).refused).toEqual(['TUTOR_BUSY']);
    expect((await schedule(interviewId, { startsAt: after })).refused).toEqual([]);
    const offeringId = await market.offering(tutor, await market.subject());
    const second = await market.made('requestInterview', { offeringId }, tutor, 'interview');
    expect((await schedule(second.id, { startsAt: after }, admin)).refused).toEqual(['TUTOR_BUSY']);
    // It may be moved over its own time.
    const overlapping = new Date(Date.parse(after) + 10 * 60_000).toISOString();
    expect((await schedule(interviewId, { startsAt: overlapping, expectedVersion: 2 })).refused).toEqual([]);
  });
});

describe('updateInterview', () => {
  it('changes what staff notes for itself, which the tutor never sees', async () => {
    const { interviewId, tutor } = await requested();
    const change = { interviewId, expectedVersion: 1, internalNote: 'Ask about algebra.' };
    expect((await market.mutate('updateInterview', change, hr)).payload).toMatchObject({ interview: { version: 2 } });
    expect(await shown(interviewId, admin)).toMatchObject({ internalNote: 'Ask about algebra.' });
    expect(await shown(interviewId, tutor)).toMatchObject({ internalNote: null });
    expect((await market.mutate('updateInterview', change, admin)).refused).toEqual(['INTERVIEW_CHANGED']);
    const again = await market.mutate('updateInterview', { ...change, expectedVersion: 2 }, admin);
    expect(again.payload).toMatchObject({ interview: { version: 2 } });
  });

  it('gives it to another interviewer, who must be free, and tells the tutor', async () => {
    const startsAt = anHour().toISOString();
    const [one, other] = [await scheduled({ startsAt }), await scheduled({ startsAt }, admin)];
    const give = (interviewId: string, interviewerId: string) =>
      market.mutate('updateInterview', { interviewId, expectedVersion: 2, interviewerId }, hr);
    expect((await give(one.interviewId, admin.userId)).refused).toEqual(['INTERVIEWER_BUSY']);
    const colleague = await market.graph.person('HR');
    expect((await give(other.interviewId, colleague.userId)).refused).toEqual([]);
    expect(await told(other.interviewId)).toContain('interview.rescheduled');
    const over = await standing('REJECTED');
    expect((await give(over.interviewId, colleague.userId)).refused).toEqual(['INTERVIEW_OVER']);
  });
});

describe('completeInterview', () => {
  it('waits until it has begun', async () => {
    const { interviewId } = await scheduled();
    const { refused } = await market.mutate('completeInterview', { interviewId, verdict: 'PASSED' }, hr);
    expect(refused).toEqual(['INTERVIEW_NOT_BEGUN']);
  });

  it('shows the offering as interviewed when it was passed, also when it is offered anew', async () => {
    const interviewed = async ({ tutorId }: TestTutor) => {
      const query = 'query ($id: ID!) { tutor(id: $id) { offerings { interviewed } } }';
      const { data } = await market.run(query, { id: tutorId });
      return (data['tutor'] as { offerings: { interviewed: boolean }[] }).offerings.map((one) => one.interviewed);
    };
    const failed = await scheduled();
    await begin(failed.interviewId);
    const outcome = { interviewId: failed.interviewId, verdict: 'FAILED', note: 'Weak in algebra.' };
    await market.made('completeInterview', outcome, hr, 'interview');
    expect(await interviewed(failed.tutor)).toEqual([false]);
    expect(await shown(failed.interviewId, failed.tutor)).toMatchObject({ outcomeNote: null });
    expect(await shown(failed.interviewId, hr)).toMatchObject({ outcomeNote: 'Weak in algebra.' });
    expect((await market.mutate('requestInterview', { offeringId: failed.offeringId }, failed.tutor)).refused).toEqual(
      [],
    );
    const { tutor, offeringId, subjectId } = await standing('COMPLETED');
    expect(await interviewed(tutor)).toEqual([true]);
    await market.made('withdrawOffering', { offeringId }, tutor, 'tutor');
    await market.offering(tutor, subjectId);
    expect(await interviewed(tutor)).toEqual([true]);
  });
});

describe('an offering that is given up', () => {
  it('takes its interview with it', async () => {
    const { tutor, offeringId, interviewId } = await scheduled();
    await market.made('withdrawOffering', { offeringId }, tutor, 'tutor');
    const [row] = await market.sql(
      'select status, cancelled_by, offering_id from marketplace.interviews where id = ?',
      [interviewId],
    );
    expect(row).toEqual({ status: 'CANCELLED', cancelled_by: 'TUTOR', offering_id: null });
    expect(await told(interviewId)).toContain('interview.cancelled');
  });
});
