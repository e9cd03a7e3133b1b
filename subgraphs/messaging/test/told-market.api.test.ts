import { newId } from '@tutorgraph/kit/database/id';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import * as accounts from '@tutorgraph/schema/events/accounts';
import * as learning from '@tutorgraph/schema/events/learning';
import * as marketplace from '@tutorgraph/schema/events/marketplace';
import * as payments from '@tutorgraph/schema/events/payments';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { notificationTypes } from '../src/catalogue/catalogue.js';
import { notificationsOf } from '../src/consumers/notifications.consumer.js';
import { events as ownEvents } from '../src/events.js';
import { Ask } from '../src/facts/ask.js';
import { Told } from './told.js';

let told: Told;

beforeAll(async () => {
  told = await Told.open();
});

afterAll(() => told.close());

it('interviews: staff is told of a request, and tutor and interviewer of what comes of it', async () => {
  const [hr, tutor, subjectId] = [await told.graph.person('HR'), await told.tutor(), await told.subject()];
  const hourlyRate = { amountMinor: 2_500, currency: 'EUR' };
  const offeringId = await told.made('addOffering', { subjectId, levels: ['EXAM'], hourlyRate }, tutor, 'offering');
  const interviewId = await told.made('requestInterview', { offeringId }, tutor, 'interview');
  await told.heard();
  const hour = 3_600_000;
  const startsAt = new Date(Math.ceil(Date.now() / hour) * hour + 48 * hour).toISOString();
  const plan = { interviewId, expectedVersion: 1, startsAt, durationMinutes: 30, interviewerId: hr.userId };
  await told.made('scheduleInterview', plan, hr, 'interview');
  await told.heard();
  await told.made('cancelInterview', { interviewId, reason: 'I am ill' }, tutor, 'interview');
  await told.heard();
  expect(await told.typesTo(tutor)).toEqual(['INTERVIEW_SCHEDULED']);
  const [asked, scheduled, cancelled] = await told.toldTo(hr);
  expect(asked).toBe('INTERVIEW_REQUESTED: Tanya T. asks for an interview');
  expect(scheduled).toMatch(/^INTERVIEW_SCHEDULED: Interview with Tanya T\.: \w+ \d+ \w+ at \d\d:00 UTC$/);
  expect(cancelled).toBe('INTERVIEW_CANCELLED: Tanya T. cancelled the interview');
});

it('reviews: the tutor is told of what others see, and whoever wrote of what staff decided', async () => {
  const [student, subjectId] = [await told.student(), await told.subject()];
  const tutor = await told.teacher(subjectId);
  const bookingId = await told.confirmedBooking(student, tutor, subjectId);
  await told.sql(
    `update marketplace.bookings set status = 'COMPLETED', starts_at = now() - interval '1 hour', ends_at = now(),
       completed_at = now() where id = ?`,
    [bookingId],
  );
  const reviewId = await told.made('reviewTutor', { bookingId, rating: 5, text: 'Clear and kind.' }, student, 'review');
  await told.heard();
  const reviews = (await told.toldTo(tutor)).filter((text) => text.startsWith('REVIEW'));
  const [row] = (await told.sql('select state from marketplace.reviews where id = ?', [reviewId])) as {
    state: string;
  }[];
  expect(reviews).toEqual(row?.state === 'PUBLISHED' ? ['REVIEW_RECEIVED: A new review: 5 stars'] : []);

  const [hr, caseId] = [await told.graph.person('HR'), newId()];
  await told.sql('delete from marketplace.moderation_cases where target_id = ?', [reviewId]);
  await told.sql(
    `insert into marketplace.moderation_cases (id, kind, target_id, target_version, author_id, tutor_id, texts, held,
       raised_by, status, created_at, updated_at)
     values (?, 'REVIEW', ?, 1, ?, ?, '{}', true, 'SIGNALS', 'WAITING', now(), now())`,
    [caseId, reviewId, student.userId, tutor.tutorId],
  );
  const about = { kind: 'REVIEW', targetId: reviewId, authorId: student.userId, tutorId: tutor.tutorId };
  await told.says(marketplace.moderationQueued, caseId, about);
  await told.heard();
  await told.sql(
    `update marketplace.moderation_cases set status = 'DECIDED', outcome = 'REJECTED', reason = 'It names somebody.',
       decided_at = now() where id = ?`,
    [caseId],
  );
  await told.says(marketplace.moderationDecided, caseId, { ...about, outcome: 'PUBLISHED' });
  await told.says(marketplace.moderationDecided, caseId, { ...about, outcome: 'REJECTED' });
  await told.heard();
  expect(await told.toldTo(hr)).toEqual(['MODERATION_QUEUED: To moderate: a review']);
  const decided = (await told.notificationsOf(student.userId)).filter(({ type }) => type === 'MODERATION_DECIDED');
  expect(decided.map(({ values }) => values)).toMatchObject([{ context: 'REJECTED', reason: 'It names somebody.' }]);
});

it('rates: the student is asked, and both are told what holds', async () => {
  const [student, tutor, subjectId] = [await told.student(), await told.tutor(), await told.subject()];
  const rateId = newId();
  await told.sql(
    `insert into marketplace.student_rates (id, tutor_id, student_id, subject_id, rate_minor, currency, proposed_minor,
       proposed_at, created_at, updated_at)
     values (?, ?, ?, ?, 2500, 'EUR', 3000, now(), now(), now())`,
    [rateId, tutor.tutorId, student.userId, subjectId],
  );
  const about = { tutorId: tutor.tutorId, studentId: student.userId, subjectId };
  await told.says(marketplace.rateProposed, rateId, about);
  await told.says(marketplace.rateDeclined, rateId, about);
  await told.says(marketplace.rateChanged, rateId, about);
  await told.heard();
  expect(await told.toldTo(student)).toEqual([
    'RATE_PROPOSED: Tanya T. proposes €30 an hour',
    'RATE_CHANGED: Mathematics: €25 an hour',
  ]);
  expect(await told.toldTo(tutor)).toEqual([
    'RATE_DECLINED: Anna K. keeps to the present rate',
    'RATE_CHANGED: Mathematics: €25 an hour',
  ]);
});

it('searches and verifications: whoever searches and the tutor are told', async () => {
  const [student, tutor] = [await told.student(), await told.tutor()];
  const { tutorId, userId } = tutor;
  await told.says(marketplace.savedSearchMatched, newId(), { userId: student.userId, tutorId });
  for (const event of [
    marketplace.verificationApproved,
    marketplace.verificationRejected,
    marketplace.verificationExpiring,
    marketplace.verificationExpired,
  ]) {
    await told.says(event, newId(), { tutorId, userId, kind: 'DIPLOMA' });
  }
  await told.says(accounts.userRoleChanged, student.userId, { from: 'STUDENT', to: 'CURATOR' });
  await told.heard();
  expect((await told.toldTo(student)).sort()).toEqual([
    'ROLE_CHANGED: Your role is now: curator',
    'SAVED_SEARCH_MATCHED: New in your search: Tanya T.',
  ]);
  expect(await told.toldTo(tutor)).toEqual([
    'VERIFICATION_APPROVED: Verified: diploma',
    'VERIFICATION_REJECTED: Not verified: diploma',
    'VERIFICATION_EXPIRING: Ends in 30 days: diploma',
    'VERIFICATION_EXPIRED: No longer verified: diploma',
  ]);
});

const published = [
  ...[accounts, learning, marketplace, payments].flatMap((room) => Object.values(room)),
  ...ownEvents.map(({ type, schema }) => ({ type, schema })),
];

it('what is gone by the time that it is heard of is told to nobody, and every question is one that its room answers', async () => {
  const { em } = told.room('messaging').orm;
  for (const { type, schema } of published) {
    const types = notificationTypes.filter(({ eventType }) => eventType === type);
    const event: DomainEvent = {
      ...{ specversion: '1.0', datacontenttype: 'application/json', source: 'test', id: newId(), type },
      ...{ subject: newId(), time: new Date().toISOString(), data: sample(schema) },
    };
    const found = await notificationsOf(types, new Ask(told.graph.client, em.fork()), event, new Date());
    // Staff is told of some things by what the event itself says.
    const aboutPeople = found.filter(
      ({ type: name }) => !['RECONCILIATION_DIFFERED', 'CHAT_REPORT_OPENED'].includes(name),
    );
    expect(aboutPeople.map(({ type: name }) => name)).toEqual([]);
  }
});

/** Data that an event of this schema may carry, about things that there are not. */
function sample(schema: z.ZodType): unknown {
  if (schema instanceof z.ZodObject) {
    return Object.fromEntries(Object.entries(schema.shape).map(([key, field]) => [key, sample(field as z.ZodType)]));
  }
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodUnion) return sample(schema.options[0] as z.ZodType);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return sample(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodArray) return [];
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodNumber) return 1;
  return schema.safeParse('x').success ? new Date().toISOString() : newId();
}
