import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CatchUp } from '../src/market/catch-up.entity.js';
import { CatchUpRunner } from '../src/market/catch-up.js';
import { MarketApplication, MarketOffer, MarketOrder, MarketTutor } from '../src/market/market.entity.js';
import type { MarketKind } from '../src/market/market.rules.js';
import { MarketSource, type MarketState } from '../src/market/market-source.js';
import { MarketWriter } from '../src/market/market-writer.js';
import { OutcomesMarket, type TestTutor } from './outcomes-market.js';

let market: OutcomesMarket;
let student: TestPerson;
let tutors: TestTutor[];
let orderIds: string[];

beforeAll(async () => {
  market = await OutcomesMarket.open();
  student = await market.graph.person('STUDENT');
  const subjectId = await market.subject();
  tutors = [await market.tutor(), await market.tutor(), await market.tutor()];
  orderIds = [await market.order(student, subjectId), await market.order(student, subjectId)];
  await market.apply(tutors[0] as TestTutor, orderIds[0] ?? '');
  const last = await market.tutor();
  await vi.waitFor(
    async () => {
      if ((await market.em.count(MarketTutor, { id: last.tutorId })) === 0) throw new Error('Not there yet');
    },
    { timeout: 20_000 },
  );
});
afterAll(() => market?.close());

/** Looks on while the market is asked. */
class WatchedSource extends MarketSource {
  pages = 0;
  onPage: (page: number) => Promise<void> | void = () => {};

  override async page(kind: MarketKind, after: string | null, first: number): Promise<MarketState> {
    const found = await super.page(kind, after, first);
    this.pages += 1;
    await this.onPage(this.pages);
    return found;
  }
}

const watched = () => new WatchedSource(market.graph.client);
const runnerOf = (source: MarketSource) => new CatchUpRunner(market.em, source, new MarketWriter());
const going = new AbortController().signal;
const counts = () =>
  Promise.all([market.em.count(MarketTutor), market.em.count(MarketOrder), market.em.count(MarketApplication)]);

async function forgetEverything(): Promise<void> {
  for (const table of ['tutors', 'orders', 'applications', 'catch_ups']) {
    await market.em.execute(`delete from recommendations.${table}`);
  }
}

describe('copying the whole market', () => {
  it('gives what events give', async () => {
    const before = await counts();
    await forgetEverything();
    const runner = runnerOf(watched());
    expect(await runner.isDone()).toBe(false);
    await runner.run(going);
    expect(await counts()).toEqual(before);
    expect(await runner.isDone()).toBe(true);
    expect(await market.em.findOne(MarketTutor, { id: tutors[0]?.tutorId })).toMatchObject({ applicationCount: 1 });
  });

  it('goes on where it was cut off, and repeating it changes nothing', async () => {
    const before = await counts();
    await forgetEverything();
    const first = watched();
    const cut = new AbortController();
    first.onPage = (page) => {
      if (page === 2) cut.abort(new Error('killed'));
    };
    await expect(runnerOf(first).run(cut.signal, 1)).rejects.toThrow('killed');
    const [copied = 0] = await counts();
    expect(copied).toBe(2);
    expect(await runnerOf(first).isDone()).toBe(false);

    const second = watched();
    await runnerOf(second).run(going, 1);
    expect(await counts()).toEqual(before);
    // One row a page, and one empty page at the end of each kind; the first two were not asked for again.
    const [run] = await market.em.find(CatchUp, {});
    expect(first.pages + second.pages).toBe((run?.copied ?? 0) + 5);
    await runnerOf(watched()).run(going, 2);
    expect(await counts()).toEqual(before);
  });

  it('takes away what is gone, but not at the very first time, when there is nothing to be gone', async () => {
    const before = await counts();
    await market.em.nativeDelete(CatchUp, {});
    const gone = { id: newId(), orderId: newId(), tutorId: newId(), rateMinor: 1, createdAt: new Date() };
    await market.em.insert(MarketApplication, { ...gone, status: 'PENDING', decidedAt: null });
    await market.em.nativeUpdate(MarketTutor, { id: tutors[1]?.tutorId }, { headline: 'Old' });
    await runnerOf(watched()).run(going);
    expect(await market.em.count(MarketApplication, { id: gone.id })).toBe(1);
    expect(await market.em.findOne(MarketTutor, { id: tutors[1]?.tutorId })).not.toMatchObject({ headline: 'Old' });
    for (const size of [1, 500]) await runnerOf(watched()).run(going, size);
    expect(await counts()).toEqual(before);
  });

  it('does not take away what came while it was asking', async () => {
    const source = watched();
    const runner = runnerOf(source);
    let late: TestTutor | undefined;
    source.onPage = async (page) => {
      if (page !== 1) return;
      late = await market.tutor();
      await expect.poll(() => market.em.count(MarketTutor, { id: late?.tutorId }), { timeout: 20_000 }).toBe(1);
    };
    await runner.run(going);
    expect(await market.em.count(MarketTutor, { id: late?.tutorId })).toBe(1);
  });

  it('never writes what is older than what events have brought meanwhile', async () => {
    const source = watched();
    const [tutor] = tutors;
    source.onPage = async (page) => {
      if (page !== 1) return;
      const input = { headline: 'Newer than the page' };
      await market.made('updateTutorProfile', input, tutor as TestTutor, 'tutor');
      const find = () => market.em.findOne(MarketTutor, { id: tutor?.tutorId });
      await expect.poll(async () => (await find())?.headline, { timeout: 20_000 }).toBe('Newer than the page');
    };
    await runnerOf(source).run(going);
    expect(await market.em.findOne(MarketTutor, { id: tutor?.tutorId })).toMatchObject({
      headline: 'Newer than the page',
    });
    expect(source.pages).toBeGreaterThan(5);
  });

  it('gives up for now where the market never rests, and keeps what it has', async () => {
    const source = watched();
    source.onPage = () =>
      market.em
        .execute(`update recommendations.inbox set position = position - 1 where consumer = 'market'`)
        .then(() => undefined);
    const stopped = await market.em.execute<{ position: string }[]>(
      `select position from recommendations.inbox where consumer = 'market'`,
    );
    await expect(runnerOf(source).run(going)).rejects.toThrow(/changes faster/);
    await market.em.execute(`update recommendations.inbox set position = ? where consumer = 'market'`, [
      stopped[0]?.position,
    ]);
    expect(await runnerOf(source).isDone()).toBe(false);
    await runnerOf(watched()).run(going);
    expect(await market.em.count(MarketOffer)).toBe(0);
  });
});

it('takes as many statements for a page of many as for a page of few', async () => {
  const statementsOf = async (size: number) => {
    await forgetEverything();
    const { statements } = await withStatements(() => runnerOf(watched()).run(going, size));
    return statements;
  };
  const [few, many] = [await statementsOf(2), await statementsOf(500)];
  const isUpsert = (table: string) => (statement: string) => statement.includes(`into recommendations.${table} as t`);
  expect(many.filter(isUpsert('tutors')).length).toBe(1);
  expect(few.filter(isUpsert('tutors')).length).toBeGreaterThan(1);
  // Five pages, each with its question and its transaction.
  expect(many.length).toBeLessThan(5 * 25);
});

it('is begun by staff, who see how far it is, and by nobody else', async () => {
  const admin = await market.graph.person('ADMIN');
  const start = 'mutation { catchUpMarket { queued userErrors { code } } }';
  const last = '{ marketCatchUp { id copied startedAt finishedAt } }';
  const before = await market.graph.run('recommendations', last, {}, admin);
  const { data } = await market.graph.run('recommendations', start, {}, admin);
  expect(data['catchUpMarket']).toEqual({ queued: true, userErrors: [] });
  const seen = async () =>
    (await market.graph.run('recommendations', last, {}, admin)).data['marketCatchUp'] as CatchUp;
  const { id: former } = before.data['marketCatchUp'] as { id: string };
  await expect
    .poll(async () => Boolean((await seen()).id !== former && (await seen()).finishedAt), { timeout: 20_000 })
    .toBe(true);
  expect((await market.graph.run('recommendations', start, {}, tutors[0])).codes).toEqual(['FORBIDDEN']);
  expect((await market.graph.run('recommendations', last)).codes).toEqual(['UNAUTHENTICATED']);
});

it('two who copy at once end with the same market', async () => {
  const before = await counts();
  await Promise.all([runnerOf(watched()).run(going, 2), runnerOf(watched()).run(going, 3)]);
  expect(await counts()).toEqual(before);
  expect(await market.em.count(CatchUp, { finishedAt: null })).toBe(0);
});
