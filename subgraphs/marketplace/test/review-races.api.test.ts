import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, type TestTutor } from './market.js';
import { waitingCases } from './moderation.js';
import { openReplica, type Replica } from './replica.js';

const STUDENTS = 20;
let market: Market;
let replicas: [Replica, Replica];

beforeAll(async () => {
  market = await Market.open();
  replicas = [await openReplica(market), await openReplica(market)];
});

afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await market.close();
});

const replica = (index: number) => replicas[index % 2 === 0 ? 0 : 1];

/** What is kept of a tutor, and what the reviews themselves add up to. */
async function figures({ tutorId }: TestTutor) {
  const sums = ['clarity', 'preparation', 'progress', 'reassurance'];
  // In one statement: jobs may still change what there is.
  const [row] = await market.sql<{ kept: object; counted: object }>(
    `select to_jsonb(kept) as kept, to_jsonb(counted) as counted from (
       select t.rating_sum, t.review_count, r.stars1, r.stars2, r.stars3, r.stars4, r.stars5,
              ${sums.map((name) => `r.${name}_sum, r.${name}_count`).join()}
         from marketplace.tutors t join marketplace.tutor_ratings r on r.tutor_id = t.id where t.id = ?) kept, (
       select coalesce(sum(rating), 0) as rating_sum, count(*) as review_count,
              ${[1, 2, 3, 4, 5].map((stars) => `count(*) filter (where rating = ${stars}) as stars${stars}`).join()},
              ${sums.map((name) => `coalesce(sum(${name}), 0) as ${name}_sum, count(${name}) as ${name}_count`).join()}
         from marketplace.reviews where tutor_id = ? and state = 'PUBLISHED') counted`,
    [tutorId, tutorId],
  );
  if (!row) throw new Error('The tutor has no figures');
  return row;
}

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())('figures of a tutor', () => {
  it('are those of the published reviews after many are written, changed, deleted and decided on at once', async () => {
    const [tutor, staff] = [await market.tutor(), await market.graph.person('HR')];
    const written: { student: TestPerson; reviewId: string }[] = [];
    for (let index = 0; index < STUDENTS; index++) {
      const student = await market.student();
      const bookingId = await market.booking(student, tutor, 'COMPLETED');
      const text = index % 3 === 0 ? 'Call me: +44 20 7946 0958' : index % 3 === 1 ? 'What an idiot' : 'Clear and kind';
      const input = { bookingId, rating: (index % 5) + 1, clarity: (index % 4) + 1, text };
      written.push({ student, reviewId: (await market.made('reviewTutor', input, student, 'review')).id });
    }
    const cases = await waitingCases(market, tutor.tutorId);
    expect(cases.length).toBeGreaterThan(10);
    const done: Promise<unknown>[] = cases.map(({ id }, index) =>
      replica(index).refused(
        'decideModeration',
        { caseId: id, decision: index % 2 ? 'PUBLISH' : 'REJECT', reason: 'So' },
        staff,
      ),
    );
    written.forEach(({ student, reviewId }, index) => {
      const scores = { rating: ((index * 2) % 5) + 1, progress: (index % 5) + 1, clarity: null };
      done.push(replica(index).refused('updateReview', { reviewId, ...scores }, student));
      done.push(
        replica(index + 1).refused(
          'updateReview',
          { reviewId, text: index % 2 ? 'Fine' : 'Write to a@example.com' },
          student,
        ),
      );
      if (index % 4 === 0) done.push(replica(index).refused('deleteReview', { reviewId }, student));
      done.push(replica(index + 1).refused('answerReview', { reviewId, text: 'Thank you' }, tutor));
    });
    await Promise.all(done);
    const { kept, counted } = await figures(tutor);
    expect(kept).toEqual(counted);
    const waiting = await market.sql(
      `select target_id from marketplace.moderation_cases where status in ('WAITING', 'APPEALED') group by 1 having count(*) > 1`,
    );
    expect(waiting).toEqual([]);
  }, 120_000);

  it('count a decision once when two decide at once', async () => {
    const [student, tutor] = [await market.student(), await market.tutor()];
    const bookingId = await market.booking(student, tutor, 'COMPLETED');
    await market.made('reviewTutor', { bookingId, rating: 4, text: 'Write to a@example.com' }, student, 'review');
    const [found] = await waitingCases(market, tutor.tutorId);
    const staff = await Promise.all(Array.from({ length: 10 }, () => market.graph.person('ADMIN')));
    const answers = await Promise.all(
      staff.map((person, index) =>
        replica(index).refused('decideModeration', { caseId: found?.id, decision: 'PUBLISH' }, person),
      ),
    );
    expect(answers.flat()).toEqual(Array.from({ length: 9 }, () => 'CASE_CLOSED'));
    const { kept, counted } = await figures(tutor);
    expect(kept).toMatchObject({ rating_sum: 4, review_count: 1 });
    expect(kept).toEqual(counted);
  });
});

describe('the database', () => {
  it('refuses figures that cannot be, whatever a program does', async () => {
    const tutor = await market.tutor();
    await market.sql('insert into marketplace.tutor_ratings (tutor_id, stars5) values (?, 1)', [tutor.tutorId]);
    const set = (what: string) =>
      market.sql(`update marketplace.tutor_ratings set ${what} where tutor_id = ?`, [tutor.tutorId]);
    await expect(set('stars1 = -1')).rejects.toThrow('tutor_ratings_stars_check');
    await expect(set('clarity_sum = 6, clarity_count = 1')).rejects.toThrow('tutor_ratings_clarity_check');
    await expect(set('progress_sum = 9, progress_count = 2')).rejects.toThrow('tutor_ratings_progress_check');
  });
});
