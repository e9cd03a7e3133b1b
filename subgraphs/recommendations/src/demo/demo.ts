import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { DEMO_ID_PATTERN } from '@tutorgraph/kit/demo/demo-id';
import type { DemoOptions, RoomDemo } from '@tutorgraph/kit/room/demo';
import { z } from 'zod';
import { insertLists } from '../feedback/shown-list.repository.js';
import { CatchUp } from '../market/catch-up.entity.js';
import { COPIES_OF, type MarketCopies, marketCopies, NO_COPIES } from '../market/copies.js';
import {
  MarketApplication,
  MarketBooking,
  MarketOffer,
  MarketOrder,
  MarketReview,
  MarketTutor,
} from '../market/market.entity.js';
import { marketKinds } from '../market/market.rules.js';
import { MarketWriter } from '../market/market-writer.js';
import { type Upserted, upsert } from '../market/upsert.js';
import { beginRanking } from '../ranking/begin-ranking.js';
import { RankingModel } from '../ranking/ranking-model.entity.js';
import { HAND_MADE, rankingModelSchema } from '../ranking/ranking-model.js';
import { demoExperiment, insertExperiment } from './experiment.js';
import { DemoMarket } from './facts.js';
import { insertRunningExperiment } from './running-experiment.js';
import { type DemoOutcome, generateFeedback } from './shown-lists.js';
import { demoStudents } from './students.js';

/** What marketplace's demo tells of the whole market. */
const told = z.object({ copies: marketCopies });

const HALF_A_YEAR_MS = 183 * 86_400_000;
const BATCH = 500;

const OUTCOMES: Upserted<DemoOutcome> = {
  table: 'outcomes',
  key: ['id'],
  columns: {
    ...{ id: 'uuid', kind: 'text', sourceId: 'uuid', tutorId: 'uuid', studentId: 'uuid', orderId: 'uuid' },
    ...{ requestId: 'uuid', modelId: 'uuid', variants: 'jsonb', rating: 'int', at: 'timestamptz' },
  },
};

/** The copy of the market, which comes again whole; and of what was shown to whom, the demo's. */
const CLEARING = [
  ...['tutors', 'orders', 'applications', 'bookings', 'reviews', 'catch_ups'].map(
    (table) => `delete from recommendations.${table}`,
  ),
  'delete from recommendations.experiments where id::text like :demo',
  'delete from recommendations.outcomes where tutor_id::text like :demo or student_id::text like :demo',
  'delete from recommendations.ranking_requests where id::text like :demo or viewer_id::text like :demo',
].map((statement) => statement.replaceAll(':demo', `'${DEMO_ID_PATTERN}'`));

/** The market of the demo as this room knows it, and half a year of lists that its students have seen. */
export const demo: RoomDemo = {
  isEmpty: async (em) => (await em.count(MarketTutor)) === 0 && (await em.count(MarketOrder)) === 0,

  clear: (em) =>
    transaction(em, async (tx) => {
      for (const statement of CLEARING) await tx.execute(statement);
    }),

  load: async (em, options) => {
    const { copies } = told.parse(options.told?.get('marketplace') ?? { copies: NO_COPIES });
    await loadMarket(em, copies, options);
    options.onProgress(0.5);
    await loadFeedback(em, options);
    options.onProgress(1);
  },
};

async function loadMarket(em: EntityManager, copies: MarketCopies, options: DemoOptions): Promise<void> {
  const { now } = options;
  const students = demoStudents(options);
  const writer = new MarketWriter();
  for (const kind of marketKinds) {
    const name = COPIES_OF[kind];
    for (let first = 0; first < copies[name].length; first += BATCH) {
      const some = { ...NO_COPIES, [name]: copies[name].slice(first, first + BATCH) };
      await transaction(em, (tx) => writer.write(tx, { kind, ids: [], copies: some, students }, now));
    }
  }
  // Nothing is left to be copied by the first start.
  const copied = Object.values(copies).reduce((sum, { length }) => sum + length, 0);
  const last = { kind: 'REVIEW', afterId: null, removes: false } as const;
  await em.fork().insert(CatchUp, { id: newId(), ...last, copied, startedAt: now, finishedAt: now });
}

async function loadFeedback(em: EntityManager, { seed, now }: DemoOptions): Promise<void> {
  await beginRanking(em);
  const running = await em.fork().findOneOrFail(RankingModel, { status: 'RUNNING' }, { populate: ['content'] });
  const read = em.fork();
  const oldest = { orderBy: { createdAt: 'asc', id: 'asc' } } as const;
  const experiment = demoExperiment(seed, now);
  const { lists, outcomes } = generateFeedback({
    ...{ seed, since: new Date(now.getTime() - HALF_A_YEAR_MS), modelId: running.id },
    market: new DemoMarket(
      await read.find(MarketTutor, {}),
      await read.find(MarketOffer, {}, { orderBy: { tutorId: 'asc', subjectId: 'asc' } }),
      await read.find(MarketOrder, {}, oldest),
      await read.find(MarketBooking, {}, oldest),
    ),
    applications: await read.find(MarketApplication, {}, oldest),
    reviews: await read.find(MarketReview, {}, oldest),
    model: rankingModelSchema.safeParse(running.content).data ?? HAND_MADE,
    variantsOf: experiment.variantsOf,
  });
  for (let first = 0; first < lists.length; first += BATCH) {
    await transaction(em, (tx) => insertLists(tx, lists.slice(first, first + BATCH)));
  }
  for (let first = 0; first < outcomes.length; first += BATCH) {
    await transaction(em, (tx) => upsert(tx, OUTCOMES, outcomes.slice(first, first + BATCH), 'id'));
  }
  await insertExperiment(em, experiment, lists, outcomes);
  await insertRunningExperiment(em, { seed, now }, lists, outcomes);
}
