import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, type TestTutor } from './market.js';

const MOST = 100;
let market: Market;
let student: TestPerson;
let tutor: TestTutor;
let staff: TestPerson;
let orderId: string;

beforeAll(async () => {
  market = await Market.open();
  [student, tutor, staff] = [await market.student(), await market.tutor(), await market.graph.person('ADMIN')];
  orderId = await market.order(student);
  await market.application(tutor, orderId);
  await fill(student.userId, tutor.tutorId);
}, 120_000);

afterAll(() => market.close());

/** A hundred of everything, in statements of one kind each. */
async function fill(studentId: string, tutorId: string): Promise<void> {
  const id = (kind: number) => `('01900000-0000-7000-800${kind}-' || lpad(n::text, 12, '0'))::uuid`;
  const numbers = `generate_series(1, ${MOST}) as n`;
  await market.sql(`insert into marketplace.subjects (id, slug, name_en, name_ru, created_at, updated_at)
    select ${id(1)}, 'many-' || n, 'Many ' || n, 'Много ' || n, now(), now() from ${numbers}`);
  await market.sql(`insert into marketplace.policies (id, version, rules, published_by, created_at)
    select ${id(9)}, n + 1, (select rules from marketplace.policies), ${id(9)}, now() from ${numbers}`);
  await market.sql(`insert into marketplace.tutors (id, user_id, display_name, headline, currency, languages, formats,
      experience_years, rating_sum, review_count, created_at, updated_at)
    select ${id(2)}, ${id(2)}, 'Many', 'One of many', 'EUR', '{en}', '{ONLINE}', n % 40, 5, 1, now(), now() from ${numbers}`);
  await market.sql(`insert into marketplace.schedules (tutor_id, time_zone, buffer_before_minutes, buffer_after_minutes,
      minimum_notice_minutes, booking_window_days, slot_step_minutes, created_at, updated_at)
    select ${id(2)}, 'Europe/Moscow', 0, 0, 720, 60, 30, now(), now() from ${numbers}`);
  await market.sql(`insert into marketplace.offerings (id, tutor_id, subject_id, levels, rate_minor, created_at, updated_at)
    select ${id(3)}, ${id(2)}, ${id(1)}, '{EXAM}', 1000 + n, now(), now() from ${numbers}`);
  await market.sql(
    `insert into marketplace.orders (id, student_id, subject_id, level, title, format, status, created_at, updated_at)
     select ${id(4)}, ?, ${id(1)}, 'EXAM', 'One of many', 'ONLINE', 'OPEN', now(), now() from ${numbers}`,
    [studentId],
  );
  const answer = `'Hello', 1000, 'EUR', 'PENDING', now() from ${numbers}`;
  const columns = '(id, order_id, tutor_id, message, rate_minor, currency, status, created_at)';
  await market.sql(`insert into marketplace.applications ${columns} select ${id(5)}, ${id(4)}, ?, ${answer}`, [
    tutorId,
  ]);
  await market.sql(`insert into marketplace.applications ${columns} select ${id(6)}, ?, ${id(2)}, ${answer}`, [
    orderId,
  ]);
  await market.sql(
    `insert into marketplace.bookings (id, order_id, application_id, tutor_id, student_id, subject_id, price_minor, currency,
       policy_id, commission_percent, status, starts_at, ends_at, absent, no_show_reported_at, disputed_at, created_at, updated_at,
       series_id)
     select ${id(7)}, ${id(4)}, ${id(5)}, ?, ?, ${id(1)}, 1000, 'EUR', ${id(9)}, 33, 'DISPUTED', now() - interval '2 hours',
       now() - interval '1 hour', 'TUTOR', now(), now(), now(), now(), ${id(7)} from ${numbers}`,
    [tutorId, studentId],
  );
  await market.sql(
    `insert into marketplace.student_rates
       (id, tutor_id, student_id, subject_id, rate_minor, currency, proposed_minor, proposed_at, created_at, updated_at)
     select ${id(8)}, ?, ?, ${id(1)}, 1000, 'EUR', 2000, now(), now(), now() from ${numbers}`,
    [tutorId, studentId],
  );
  await market.sql(
    `insert into marketplace.verifications (id, tutor_id, kind, status, title, issuer, submitted_at, decided_at, valid_until)
     select ${id(8)}, ?, 'DIPLOMA', 'VERIFIED', 'Diploma', 'A university', now(), now(), now() from ${numbers}`,
    [tutorId],
  );
  await market.sql(
    `insert into marketplace.verification_documents
       (id, tutor_id, verification_id, place, upload_id, content_type, size, storage_key)
     select ${id(8)}, ?, ${id(8)}, 1, ${id(8)}, 'application/pdf', 1, 'documents/' || n from ${numbers}`,
    [tutorId],
  );
  await market.sql(
    `insert into marketplace.reviews (id, booking_id, tutor_id, student_id, rating, created_at, updated_at)
     select ${id(8)}, ${id(7)}, ?, ?, 5, now(), now() from ${numbers}`,
    [tutorId, studentId],
  );
  await market.sql(
    `insert into marketplace.review_answers (id, review_id, tutor_id, text, state, version, created_at, updated_at)
     select ${id(8)}, ${id(8)}, ?, 'Thank you', 'PUBLISHED', 1, now(), now() from ${numbers}`,
    [tutorId],
  );
  await market.sql(
    `insert into marketplace.moderation_cases (id, kind, target_id, target_version, author_id, tutor_id, texts, held,
       raised_by, status, created_at, updated_at)
     select ${id(8)}, 'REVIEW', ${id(8)}, 1, ?, ?, '{"text": "x"}', false, 'LOCAL', 'WAITING', now(), now() from ${numbers}`,
    [studentId, tutorId],
  );
  await market.sql(
    `insert into marketplace.saved_tutors (id, user_id, tutor_id, created_at) select ${id(9)}, ?, ${id(2)}, now() from ${numbers}`,
    [studentId],
  );
  await market.sql(
    `insert into marketplace.interviews (id, tutor_id, subject_id, status, starts_at, ends_at, interviewer_id, verdict,
       created_at, updated_at)
     select ${id(9)}, ?, ${id(1)}, 'COMPLETED', now(), now() + interval '1 hour', ?, 'PASSED', now(), now() from ${numbers}`,
    [tutorId, studentId],
  );
}

const INTERVIEW =
  'id tutor { displayName } subject { name } offering { id interviewed } interviewer { id } internalNote meeting { url } invitation';
const TUTOR = `id rating saved user { id } schedule { timeZone weeklyWindows { weekday } daysOff { id } } offerings {
    id interviewed hourlyRate { amountMinor } trialPrice { amountMinor } packages { price { amountMinor } } subject { name } }
  reviews(first: 3) { totalCount edges { node { id author { id } } } }`;
const ORDER_FIELDS = `id student { id } subject { name } applicationCount myApplication { id } chosenApplication { id }
  applications(first: 3) { totalCount edges { node { id tutor { displayName } } } }`;

const RATE_FIELDS =
  'id hourlyRate { amountMinor } proposedRate { amountMinor } tutor { displayName } subject { name } student { id }';
const PROOF_FIELDS = 'id decidedBy { id } check { verdict } documents { id url } tutor { id verified verifiedKinds }';

const CASE_FIELDS = `id texts { field } author { id } tutor { id heldTexts { state } moderationCase { id } }
  review { id signals { kind } answer { text moderationCase { id } } moderationCase { id } } decisions { judge } decidedBy { id }`;

const lists: [string, string, () => TestPerson][] = [
  ['subjects', 'id name', () => student],
  ['tutors', TUTOR, () => student],
  ['orders', ORDER_FIELDS, () => tutor],
  ['orders', ORDER_FIELDS, () => staff],
  ['myOrders', ORDER_FIELDS, () => student],
  ['myApplications', `id proposedRate { amountMinor } order { ${ORDER_FIELDS} } tutor { id user { id } }`, () => tutor],
  [
    'myBookings',
    'id price { amountMinor } amount { amountMinor } durationMinutes commissionPercent policy { version } series { id student { id } } student { id } subject { name } order { id title } application { id } tutor { id user { id } } review { id author { id } booking { id } }',
    () => student,
  ],
  [
    'myBookings',
    'id allowedActions refundPercentIfCancelled absence { absent dispute { statement } } cancellation { by refundPercent }',
    () => tutor,
  ],
  [
    'disputedBookings',
    'id allowedActions student { id } tutor { id user { id } } absence { absent dispute { statement } }',
    () => staff,
  ],
  ['verifications', PROOF_FIELDS, () => staff],
  ['myVerifications', PROOF_FIELDS, () => tutor],
  ['myRates', RATE_FIELDS, () => student],
  ['myStudentRates', RATE_FIELDS, () => tutor],
  ['moderationQueue', CASE_FIELDS, () => staff],
  ['myModerationCases', CASE_FIELDS, () => student],
  ['bookingPolicies', 'id publishedBy { id } rules { trial { minutes } }', () => staff],
  ['myInterviews', INTERVIEW, () => tutor],
  ['interviews', INTERVIEW, () => staff],
  ['savedTutors', 'id createdAt tutor { id displayName saved }', () => student],
];

describe('the number of statements is the same for 1, 20 and 100 items of', () => {
  it.each(lists)('%s', async (field, selection, person) => {
    const counts = new Map<number, number>();
    for (const first of [1, 20, MOST]) {
      const query = `query ($first: Int) { ${field}(first: $first) { totalCount edges { node { ${selection} } } } }`;
      const { result, statements } = await withStatements(() => market.ids(query, field, { first }, person()));
      expect(result).toHaveLength(first);
      counts.set(first, statements.length);
    }
    expect(new Set(counts.values()).size, JSON.stringify([...counts])).toBe(1);
  });

  it.each([
    [
      'Tutor.reviews',
      'tutor',
      () => tutor.tutorId,
      'reviews',
      'id subject { name } author { id } booking { id } tutor { id reviewSummary { count } } answer { text } moderationCase { id }',
    ],
    ['Order.applications', 'order', () => orderId, 'applications', `id order { id } tutor { ${TUTOR} }`],
  ])('%s', async (_name, field, id, list, selection) => {
    const counts = new Map<number, number>();
    for (const first of [1, 20, MOST]) {
      const query = `query ($id: ID!, $first: Int) { ${field}(id: $id) {
        ${list}(first: $first) { totalCount edges { node { ${selection} } } } } }`;
      const { result, statements } = await withStatements(() => market.run(query, { id: id(), first }, student));
      expect(result.data).toMatchObject({ [field]: { [list]: { edges: { length: first } } } });
      counts.set(first, statements.length);
    }
    expect(new Set(counts.values()).size, JSON.stringify([...counts])).toBe(1);
  });
});

describe('a page of orders', () => {
  const counted = 'id title budget { amountMinor } subject { id slug name archivedAt } applicationCount';

  it.each(['orders', 'myOrders'])('is one statement with its counts and subjects: %s', async (field) => {
    const query = `query ($first: Int) { ${field}(first: $first) { totalCount edges { node { ${counted} } } } }`;
    const { result, statements } = await withStatements(() => market.run(query, { first: 20 }, student));
    expect(result.data[field]).toMatchObject({ edges: { length: 20 } });
    expect(statements).toHaveLength(1);
  });

  it.each([
    ['what is selected', 'description', '{ orders(first: 1) { edges { node { id description } } } }'],
    [
      'what a fragment selects',
      'goal',
      '{ orders(first: 1) { ...P } } fragment P on OrderConnection { edges { node { id goal } } }',
    ],
  ])('has long texts: %s', async (_what, text, query) => {
    const id = await market.order(student);
    await market.sql(`update marketplace.orders set ${text} = 'told at length' where id = ?`, [id]);
    expect((await market.run(query, {}, student)).data['orders']).toEqual({
      edges: [{ node: { id, [text]: 'told at length' } }],
    });
  });

  it('says the same as each of its orders says by itself', async () => {
    const page = await market.run(`{ orders(first: 100) { totalCount edges { node { ${counted} } } } }`, {}, student);
    const { totalCount, edges } = page.data['orders'] as { totalCount: number; edges: { node: { id: string } }[] };
    const [{ count } = { count: 0 }] = await market.sql<{ count: number }>(
      `select count(*)::int as count from marketplace.orders where status = 'OPEN'`,
    );
    expect(totalCount).toBe(count);
    for (const { node } of edges.slice(-3)) {
      const alone = await market.run(`query ($id: ID!) { order(id: $id) { ${counted} } }`, { id: node.id }, student);
      expect(alone.data['order']).toEqual(node);
    }
  });
});

describe('the number of statements is the same for 1, 20 and 100 references to', () => {
  it.each([
    ['Tutor', 2, 'displayName'],
    ['Subject', 1, 'name'],
    ['Order', 4, 'title'],
    ['Application', 5, 'message'],
    ['Booking', 7, 'status'],
    ['Review', 8, 'rating'],
    ['Interview', 9, 'status', () => staff],
  ])('%s', async (type: string, kind: number, selection: string, person: () => TestPerson = () => student) => {
    const counts = new Map<number, number>();
    for (const length of [1, 20, MOST]) {
      const representations = Array.from({ length }, (_, index) => ({
        __typename: type,
        id: `01900000-0000-7000-800${kind}-${String(index + 1).padStart(12, '0')}`,
      }));
      const query = `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on ${type} { ${selection} } } }`;
      const { result, statements } = await withStatements(() => market.run(query, { representations }, person()));
      expect(result.data['_entities']).not.toContain(null);
      counts.set(length, statements.length);
    }
    expect(new Set(counts.values()).size, JSON.stringify([...counts])).toBe(1);
  });
});
