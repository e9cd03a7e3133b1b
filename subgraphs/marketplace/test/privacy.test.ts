import { json } from 'node:stream/consumers';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { type DomainEvent, defineEvent } from '@tutorgraph/kit/events/event';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import {
  ACCOUNT_ERASED,
  EXPORT_REQUESTED,
  exportPartKey,
  ofExport,
  privacyEvents,
} from '@tutorgraph/kit/privacy/room-privacy';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { room } from '../src/room.js';
import { Market, type TestTutor } from './market.js';

const accountErased = defineEvent({ type: ACCOUNT_ERASED, description: '', data: z.object({}) });
const exportRequested = defineEvent({ type: EXPORT_REQUESTED, description: '', data: ofExport });
const { collected, erased } = privacyEvents(room.name);
const ORDER_WORDS = { title: 'planted title', description: 'planted description', preferredTimes: 'planted times' };
const APPLICATION = { message: 'planted message', proposedRate: { amountMinor: 3_000, currency: 'EUR' } };
let market: Market;

beforeAll(async () => {
  market = await Market.open();
});

afterAll(() => market.close());

/** Lets accounts say something, and waits until the marketplace has answered. */
async function tell(event: DomainEvent, answer: string): Promise<void> {
  const accounts = market.graph.rooms.get('accounts');
  if (!accounts) throw new Error('accounts does not run');
  const answered = new Promise<void>((resolve) => {
    const end = market.graph.bus.listen('marketplace', ({ event: { type, subject } }) => {
      if (type !== answer || subject !== event.subject) return;
      end();
      resolve();
    });
  });
  await transaction(accounts.orm.em, async (tx) => recordEvent(tx, event));
  await answered;
}

function erase({ userId }: TestPerson): Promise<void> {
  return tell(accountErased.create({ subject: userId, data: {} }), erased.type);
}

/** A tutor with words of their own everywhere. */
async function plantedTutor(): Promise<TestTutor> {
  const words = { headline: 'planted headline', biography: 'planted biography', education: 'planted education' };
  const tutor = await market.tutor({ ...words, city: 'planted city', formats: ['ONLINE', 'IN_PERSON'] });
  await market.offering(tutor, await market.subject());
  return tutor;
}

/** How often something that was planted is to be found in the room. */
async function countPlanted(): Promise<number> {
  const tables = ['tutors', 'tutor_cards', 'tutor_changes', 'orders', 'applications', 'reviews', 'outbox'];
  const counts = tables.map(
    (table) => `select count(*) as found from marketplace.${table} t where t::text ~ 'planted'`,
  );
  const [row] = await market.sql<{ found: number }>(
    `select sum(found)::int as found from (${counts.join(' union all ')}) s`,
  );
  return row?.found ?? -1;
}

/** Types of the events about something, in their order. */
async function told(subject: string): Promise<string[]> {
  const rows = await market.sql<{ verb: string }>(
    `select split_part(event ->> 'type', '.', 4) as verb from marketplace.outbox
      where event ->> 'subject' = ? order by sequence`,
    [subject],
  );
  return rows.map(({ verb }) => verb);
}

describe('a student who is forgotten', () => {
  it('leaves ratings and agreed lessons, without their words; what was open is closed for others to see', async () => {
    const [student, tutor] = [await market.student(), await market.tutor()];
    const open = await market.order(student, { ...ORDER_WORDS, format: 'IN_PERSON', city: 'planted city' });
    const application = await market.application(tutor, open);
    const bookingId = await market.booking(student, tutor, 'COMPLETED');
    const review = { bookingId, rating: 4, text: 'planted review' };
    const { id: reviewId } = await market.made('reviewTutor', review, student, 'review');
    expect(await countPlanted()).toBeGreaterThan(0);

    await erase(student);

    expect(await countPlanted()).toBe(0);
    expect(await market.sql('select status, city from marketplace.orders where id = ?', [open])).toEqual([
      { status: 'CLOSED', city: '[…]' },
    ]);
    expect(await told(open)).toEqual(['posted', 'closed']);
    expect(await told(application)).toEqual(['submitted', 'not-chosen']);
    expect(await told(reviewId)).toEqual(['posted', 'updated']);
    const { data } = await market.run(
      'query ($id: ID!) { tutor(id: $id) { rating reviews { edges { node { rating text } } } } }',
      { id: tutor.tutorId },
    );
    expect(data).toEqual({ tutor: { rating: 4, reviews: { edges: [{ node: { rating: 4, text: null } }] } } });
  });
});

describe('a tutor who is forgotten', () => {
  it('is not found any longer, withdraws what is pending, and has no name in any language', async () => {
    const [student, tutor] = [await market.student(), await plantedTutor()];
    const orderId = await market.order(student);
    const { id } = await market.made('applyToOrder', { orderId, ...APPLICATION }, tutor, 'application');
    await market.booking(student, tutor);

    await erase(tutor);

    expect(await countPlanted()).toBe(0);
    expect(await told(id)).toEqual(['submitted', 'withdrawn']);
    expect(await told(tutor.tutorId)).toEqual(['created', 'hidden', 'changed']);
    const find = 'query ($text: String!) { tutors(filter: { text: $text }) { edges { node { id } } } }';
    expect(await market.ids(find, 'tutors', { text: 'planted' })).toEqual([]);
    const shown = 'query ($id: ID!) { tutor(id: $id) { displayName offerings { id } } }';
    const inRussian = await market.graph.issuer.signIn('STUDENT', { userId: student.userId, locale: 'ru' });
    const [english, russian] = await Promise.all(
      [student, inRussian].map((viewer) => market.run(shown, { id: tutor.tutorId }, viewer)),
    );
    expect(english?.data).toEqual({ tutor: { displayName: 'Deleted account', offerings: [] } });
    expect(russian?.data).toEqual({ tutor: { displayName: 'Удалённый аккаунт', offerings: [] } });
  });

  it('stays so when it is told again', async () => {
    const tutor = await plantedTutor();
    await erase(tutor);
    const rows = () => market.sql('select * from marketplace.tutors where id = ?', [tutor.tutorId]);
    const [before, events] = [await rows(), await told(tutor.tutorId)];
    await erase(tutor);
    expect(await rows()).toEqual(before);
    expect(await told(tutor.tutorId)).toEqual(events);
  });

  it('cannot write any more by a request that was on its way', async () => {
    const [student, tutor] = [await market.student(), await plantedTutor()];
    const [orderId, subjectId] = [await market.order(student), await market.subject()];
    await erase(tutor);
    const hourlyRate = { amountMinor: 2_500, currency: 'EUR' };
    const late = [
      await market.mutate('hideTutorProfile', { hidden: false }, tutor),
      await market.mutate('updateTutorProfile', { headline: 'planted again' }, tutor),
      await market.mutate('addOffering', { subjectId, levels: ['EXAM'], hourlyRate }, tutor),
      await market.mutate('applyToOrder', { orderId, ...APPLICATION }, tutor),
    ];
    expect(late.map(({ refused }) => refused)).toEqual(late.map(() => ['PROFILE_REQUIRED']));
    expect(await countPlanted()).toBe(0);
  });

  // The embedded database takes transactions one after another: there a race cannot show.
  it.runIf(isRealPostgres())('leaves no words when applications and changes come at the same moment', async () => {
    const student = await market.student();
    for (let round = 0; round < 10; round++) {
      const tutor = await plantedTutor();
      const orderId = await market.order(student);
      await Promise.all([
        market.mutate('applyToOrder', { orderId, ...APPLICATION }, tutor),
        market.mutate('updateTutorProfile', { headline: 'planted again' }, tutor),
        erase(tutor),
      ]);
    }
    expect(await countPlanted()).toBe(0);
    expect(
      await market.sql(`select id from marketplace.applications where message = '[…]' and status = 'PENDING'`),
    ).toEqual([]);
  });

  it.runIf(isRealPostgres())(
    'is either chosen or withdrawn while a student chooses, and in both cases wordless',
    async () => {
      const student = await market.student();
      const outcomes = new Set<string>();
      for (let round = 0; round < 10; round++) {
        const tutor = await plantedTutor();
        const orderId = await market.order(student);
        const { id } = await market.made('applyToOrder', { orderId, ...APPLICATION }, tutor, 'application');
        await Promise.all([erase(tutor), market.mutate('chooseApplication', { applicationId: id }, student)]);
        const [row] = await market.sql<{ status: string; booked: boolean }>(
          `select status, exists (select from marketplace.bookings where application_id = a.id) as booked
           from marketplace.applications a where id = ?`,
          [id],
        );
        outcomes.add(`${row?.status} ${row?.booked}`);
      }
      expect([...outcomes].filter((outcome) => !['CHOSEN true', 'WITHDRAWN false'].includes(outcome))).toEqual([]);
      expect(await countPlanted()).toBe(0);
    },
  );
});

describe('what the marketplace holds about somebody', () => {
  it('is theirs alone, and goes through the storage', async () => {
    const [student, tutor] = [await market.student(), await plantedTutor()];
    const orderId = await market.order(student, ORDER_WORDS);
    const { id } = await market.made('applyToOrder', { orderId, ...APPLICATION }, tutor, 'application');
    const { id: bookingId } = await market.made('chooseApplication', { applicationId: id }, student, 'booking');
    await market.sql(`update marketplace.bookings set status = 'COMPLETED' where id = ?`, [bookingId]);
    await market.made('reviewTutor', { bookingId, rating: 5, text: 'planted review' }, student, 'review');

    const parts = await Promise.all(
      [student, tutor].map(async ({ userId }) => {
        const exportId = newId();
        await tell(exportRequested.create({ subject: userId, data: { exportId } }), collected.type);
        return json(await market.graph.files.storage.get(exportPartKey(exportId, 'marketplace')));
      }),
    );
    expect(parts[0]).toMatchObject({
      sections: {
        profile: null,
        offerings: [],
        applications: [],
        orders: [{ id: orderId, ...ORDER_WORDS, budget: { amountMinor: 3_500, currency: 'EUR' } }],
        bookings: [{ as: 'STUDENT', id: bookingId, price: APPLICATION.proposedRate }],
        reviews: [{ bookingId, rating: 5, text: 'planted review' }],
      },
    });
    expect(parts[1]).toMatchObject({
      sections: {
        profile: { id: tutor.tutorId, headline: 'planted headline', displayName: 'Tanya T.' },
        offerings: [{ hourlyRate: { amountMinor: 2_500, currency: 'EUR' } }],
        applications: [{ id, ...APPLICATION }],
        orders: [],
        bookings: [{ as: 'TUTOR', id: bookingId }],
        reviews: [],
      },
    });
    expect(JSON.stringify(parts[0])).not.toContain('planted message');
    expect(JSON.stringify(parts[1])).not.toMatch(/planted (title|description|times|review)/);
    expect(JSON.stringify(parts[1])).not.toContain(student.userId);
  });
});
