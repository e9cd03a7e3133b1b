import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketplacePrivacy } from '../src/privacy/marketplace-privacy.js';
import { type AskedInterview, askedInterview, giveTime } from './interviews.js';
import { Market } from './market.js';

let market: Market;
let hr: TestPerson;

beforeAll(async () => {
  market = await Market.open();
  hr = await market.graph.person('HR');
});
afterAll(() => market.close());

const WORDS = { note: 'planted note', preferredTimes: 'planted times' };
const STAFF_WORDS = { internalNote: 'planted internally', outcomeNote: 'planted outcome' };

function em(): EntityManager {
  return (market.graph.rooms.get('marketplace') ?? expect.fail('The marketplace does not run')).orm.em.fork();
}

const erase = ({ userId }: TestPerson) => transaction(em(), (tx) => marketplacePrivacy.erase(tx, userId));

async function rowOf(id: string): Promise<Record<string, unknown>> {
  const [row] = await market.sql<Record<string, unknown>>('select * from marketplace.interviews where id = ?', [id]);
  return row ?? expect.fail(`There is no interview ${id}`);
}

/** Verbs of what was told of an interview, but of its room, which a job makes. */
async function told(id: string): Promise<string[]> {
  const rows = await market.sql<{ verb: string }>(
    `select split_part(event ->> 'type', '.', 4) as verb from marketplace.outbox
      where event ->> 'subject' = ? and event ->> 'type' like '%.interview.%' order by sequence`,
    [id],
  );
  return rows.map(({ verb }) => verb).filter((verb) => verb !== 'meeting-changed');
}

let hours = 24;

async function scheduled(): Promise<AskedInterview> {
  const asked = await askedInterview(market, WORDS);
  hours += 3;
  await giveTime(market, hr, asked.interviewId, hours);
  const change = { interviewId: asked.interviewId, expectedVersion: 2, internalNote: STAFF_WORDS.internalNote };
  await market.made('updateInterview', change, hr, 'interview');
  return asked;
}

async function completed(): Promise<AskedInterview> {
  const asked = await scheduled();
  const { interviewId } = asked;
  await market.sql(
    `update marketplace.interviews set starts_at = now() - make_interval(hours => ?),
       ends_at = now() - make_interval(hours => ? - 1) where id = ?`,
    [hours, hours, interviewId],
  );
  const outcome = { interviewId, verdict: 'PASSED', note: STAFF_WORDS.outcomeNote };
  await market.made('completeInterview', outcome, hr, 'interview');
  return asked;
}

async function rejected(): Promise<AskedInterview> {
  const asked = await askedInterview(market, WORDS);
  const { interviewId } = asked;
  await market.made('rejectInterview', { interviewId, reason: 'planted reason' }, hr, 'interview');
  return asked;
}

describe('interviews in the archive of somebody', () => {
  it('are a tutor’s own, with what they wrote and were told', async () => {
    const { tutor, interviewId } = await rejected();
    await scheduled();
    const { sections } = await marketplacePrivacy.collect(em(), tutor.userId);
    expect(sections['interviews']).toMatchObject([
      { id: interviewId, status: 'REJECTED', ...WORDS, rejectionReason: 'planted reason' },
    ]);
    const ofStaff = await marketplacePrivacy.collect(em(), hr.userId);
    expect(ofStaff.sections['interviews']).toEqual([]);
  });

  it('are without what staff noted for itself, and without who of staff it was', async () => {
    const { tutor } = await completed();
    const { sections } = await marketplacePrivacy.collect(em(), tutor.userId);
    expect(sections['interviews']).toMatchObject([{ status: 'COMPLETED', verdict: 'PASSED', ...WORDS }]);
    const archived = JSON.stringify(sections['interviews']);
    expect(archived).not.toContain(hr.userId);
    for (const words of Object.values(STAFF_WORDS)) expect(archived).not.toContain(words);
  });
});

describe('interviews of a tutor who is forgotten', () => {
  it('are cancelled while they are to come, and everybody is told', async () => {
    const [asked, planned] = [await askedInterview(market, WORDS), await scheduled()];
    for (const { tutor } of [asked, planned]) await erase(tutor);
    const cancelled = { status: 'CANCELLED', cancelled_by: 'TUTOR', cancel_reason: null, offering_id: null };
    expect(await rowOf(asked.interviewId)).toMatchObject({ ...cancelled, sequence: 0 });
    expect(await rowOf(planned.interviewId)).toMatchObject({ ...cancelled, sequence: 1 });
    expect(await told(asked.interviewId)).toEqual(['requested', 'cancelled']);
    expect(await told(planned.interviewId)).toEqual(['requested', 'scheduled', 'cancelled']);
  });

  it('keep no words, neither theirs nor those about them, but what came of it', async () => {
    const called = await scheduled();
    await market.made(
      'cancelInterview',
      { interviewId: called.interviewId, reason: 'planted illness' },
      called.tutor,
      'interview',
    );
    const scenes = [await completed(), await rejected(), called];
    for (const { tutor } of scenes) await erase(tutor);
    const rows = await Promise.all(scenes.map(({ interviewId }) => rowOf(interviewId)));
    expect(JSON.stringify(rows)).not.toContain('planted');
    expect(rows).toMatchObject([
      { status: 'COMPLETED', verdict: 'PASSED' },
      { status: 'REJECTED', rejection_reason: '[…]' },
      { status: 'CANCELLED', cancelled_by: 'TUTOR' },
    ]);
  });

  it('stay so when it is told again', async () => {
    const { tutor, interviewId } = await scheduled();
    await erase(tutor);
    const [before, events] = [await rowOf(interviewId), await told(interviewId)];
    await erase(tutor);
    const { status, version, sequence } = await rowOf(interviewId);
    expect({ status, version, sequence }).toEqual({
      status: before['status'],
      version: before['version'],
      sequence: before['sequence'],
    });
    expect(await told(interviewId)).toEqual(events);
  });

  it('are neither asked for nor written about by a request that was on its way, and those of others stay', async () => {
    const [one, other] = [await rejected(), await scheduled()];
    await erase(one.tutor);
    const change = { interviewId: one.interviewId, expectedVersion: 2, internalNote: 'planted late' };
    expect((await market.mutate('updateInterview', change, hr)).refused).toEqual(['INTERVIEW_OVER']);
    const late = await market.mutate('requestInterview', { offeringId: one.offeringId }, one.tutor);
    expect(late.refused).toEqual(['PROFILE_REQUIRED']);
    expect(await rowOf(other.interviewId)).toMatchObject({ status: 'SCHEDULED', note: WORDS.note });
  });

  // The embedded database takes transactions one after another: there a race cannot show.
  it.runIf(isRealPostgres())('are over whatever staff decides at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const { tutor, interviewId } = await askedInterview(market, WORDS);
      hours += 3;
      const startsAt = new Date(Date.now() + hours * 3_600_000).toISOString();
      const plan = { interviewId, expectedVersion: 1, startsAt, durationMinutes: 30 };
      await Promise.all([erase(tutor), market.mutate('scheduleInterview', plan, hr)]);
      expect(await rowOf(interviewId)).toMatchObject({ status: 'CANCELLED', note: null });
    }
  });

  it.runIf(isRealPostgres())('keep no words that staff writes at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const { tutor, interviewId } = await rejected();
      const change = { interviewId, expectedVersion: 2, internalNote: STAFF_WORDS.internalNote };
      await Promise.all([erase(tutor), market.mutate('updateInterview', change, hr)]);
      expect(await rowOf(interviewId)).toMatchObject({ status: 'REJECTED', internal_note: null });
    }
  });
});
