import { newId } from '@tutorgraph/kit/database/id';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshTutorRanksJob } from '../src/jobs/refresh-tutor-ranks.job.js';
import { Market, type TestTutor } from './market.js';

let market: Market;
let [chess, go] = ['', ''];

beforeAll(async () => {
  market = await Market.open();
  [chess, go] = [await market.subject('Chess'), await market.subject('Go')];
});

afterAll(() => market.close());

const COLUMNS = `tutor_id, subject_id, levels, rate_minor, currency, city, languages, formats, rating, quality,
  verified_until, premium, experience_years, created_at`;
/** What there should be, of what tutors offer; only quality, which the card alone knows, is taken from it. */
const TRUTH = `select t.id as tutor_id, o.subject_id, o.levels, o.rate_minor, t.currency, lower(t.city) as city, t.languages,
    t.formats, coalesce(t.rating_sum::numeric / nullif(t.review_count, 0), 0) as rating, c.quality, t.verified_until,
    t.premium, t.experience_years, t.created_at
  from marketplace.tutors t
  join marketplace.offerings o on o.tutor_id = t.id
  join marketplace.subjects s on s.id = o.subject_id
  join marketplace.tutor_cards c on c.tutor_id = t.id
  where t.hidden_at is null and s.archived_at is null`;

/** Rows that are missing, and rows that should not be. */
function wrong(): Promise<unknown[]> {
  const said = `select ${COLUMNS} from marketplace.subject_cards`;
  return market.sql(`((${TRUTH}) except ${said}) union all (${said} except (${TRUTH}))`);
}

/** The tutor's cards, by subject. */
async function cardsOf({ tutorId }: TestTutor): Promise<Map<string, Record<string, unknown>>> {
  const rows = await market.sql<{ subject_id: string }>(
    `select ${COLUMNS} from marketplace.subject_cards where tutor_id = ?`,
    [tutorId],
  );
  return new Map(rows.map((row) => [row.subject_id, { ...row }]));
}

describe('the cards of a tutor’s subjects', () => {
  it('come and go with offerings, hiding and archiving', async () => {
    const tutor = await market.tutor();
    const checkers = await market.subject('Checkers');
    const offeringId = await market.offering(tutor, chess, 2_000);
    await market.offering(tutor, checkers, 3_000);
    expect([...(await cardsOf(tutor)).keys()].sort()).toEqual([chess, checkers].sort());
    await market.made('hideTutorProfile', { hidden: true }, tutor, 'tutor');
    expect((await cardsOf(tutor)).size).toBe(0);
    await market.made('hideTutorProfile', { hidden: false }, tutor, 'tutor');
    await market.made('archiveSubject', { subjectId: checkers }, await market.graph.person('HR'), 'subject');
    expect([...(await cardsOf(tutor)).keys()]).toEqual([chess]);
    await market.made('withdrawOffering', { offeringId }, tutor, 'tutor');
    expect((await cardsOf(tutor)).size).toBe(0);
    expect(await wrong()).toEqual([]);
  });

  it('change with what the offering, the profile, reviews and the night change', async () => {
    const tutor = await market.tutor({ city: 'Рига' });
    const offeringId = await market.offering(tutor, chess, 2_000, { levels: ['EXAM'] });
    await market.offering(tutor, go, 5_000);
    const hourlyRate = { amountMinor: 4_500, currency: 'EUR' };
    await market.made('updateOffering', { offeringId, hourlyRate, levels: ['ADULT'] }, tutor, 'offering');
    const profile = { city: 'Псков', languages: ['lv', 'et'], formats: ['IN_PERSON'], experienceYears: 17 };
    await market.made('updateTutorProfile', profile, tutor, 'tutor');
    const changed = 'rating_sum = 9, review_count = 2, premium = true, verified_until = now() + interval';
    await market.sql(`update marketplace.tutors set ${changed} '1 day' where id = ?`, [tutor.tutorId]);
    const both = {
      city: 'псков',
      languages: ['lv', 'et'],
      formats: ['IN_PERSON'],
      experience_years: 17,
      premium: true,
    };
    const cards = await cardsOf(tutor);
    expect(cards.get(chess)).toMatchObject({ ...both, levels: ['ADULT'], rate_minor: '4500' });
    expect(cards.get(go)).toMatchObject({ ...both, rate_minor: '5000' });
    expect(await wrong()).toEqual([]);
    await market.sql('update marketplace.tutor_cards set quality = 0 where tutor_id = ?', [tutor.tutorId]);
    expect((await cardsOf(tutor)).get(go)).toMatchObject({ quality: 0 });
    await refreshRanks();
    expect((await cardsOf(tutor)).get(go)).toMatchObject({ quality: cards.get(go)?.['quality'] });
    expect(await wrong()).toEqual([]);
  });

  it('stay as they are where nothing of theirs changes', async () => {
    const tutor = await market.tutor();
    await market.offering(tutor, go, 5_000);
    const version = async () =>
      await market.sql('select ctid::text from marketplace.subject_cards where tutor_id = ?', [tutor.tutorId]);
    const before = await version();
    await market.made('updateTutorProfile', { headline: 'Another line' }, tutor, 'tutor');
    expect(await version()).toEqual(before);
  });

  it('say what their card says, whoever writes at once', async () => {
    const tutors = await Promise.all([1, 2, 3].map(() => market.tutor()));
    for (const tutor of tutors) await market.offering(tutor, chess, 1_000);
    const writers = tutors.flatMap((tutor) => [
      ...Array.from({ length: 10 }, () =>
        market.sql(
          'update marketplace.tutors set review_count = review_count + 1, rating_sum = rating_sum + 4 where id = ?',
          [tutor.tutorId],
        ),
      ),
      market.offering(tutor, go, 7_000),
      ...[true, false, true, false].map((hidden) => market.mutate('hideTutorProfile', { hidden }, tutor)),
      market.mutate('updateTutorProfile', { experienceYears: 30 }, tutor),
      refreshRanks(),
    ]);
    await Promise.all(writers);
    expect(await wrong()).toEqual([]);
  });
});

async function refreshRanks(): Promise<void> {
  const room = market.graph.rooms.get('marketplace');
  if (!room) throw new Error('The marketplace does not run');
  const logger = createLogger({ service: 'test', level: 'error' });
  const run = { id: newId(), attempt: 1, signal: new AbortController().signal, logger };
  await refreshTutorRanksJob(room.orm.em).handler({}, run);
}
