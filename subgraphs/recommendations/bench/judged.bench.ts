import { setTimeout as delay } from 'node:timers/promises';
import { createAiClient } from '@tutorgraph/kit/ai/ai-client';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { benchDatabase, openPool } from '@tutorgraph/kit/bench/database';
import { p95Within } from '@tutorgraph/kit/bench/goal';
import { repeat } from '@tutorgraph/kit/bench/load';
import { firstStart, loadDemo } from '@tutorgraph/kit/room/demo';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { loadRoomSources } from '@tutorgraph/kit/testing/load-room';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { LocalModels } from '@tutorgraph/recommendations/embeddings/local-models';
import { ModelBuilder } from '@tutorgraph/recommendations/embeddings/model-builder';
import { nearestTutors } from '@tutorgraph/recommendations/embeddings/nearest';
import { TextEmbedders } from '@tutorgraph/recommendations/embeddings/text-embedders';
import { WishVectors } from '@tutorgraph/recommendations/embeddings/wish-vectors';
import { findFitting } from '@tutorgraph/recommendations/results/fitting.repository';
import { hardFilter } from '@tutorgraph/recommendations/results/hard-filter';
import { wishInput } from '@tutorgraph/recommendations/results/wish.inputs';
import { wishOfInput } from '@tutorgraph/recommendations/results/wish-of-input';
import { sql } from 'kysely';
import { readCatalogue, readSubjects } from '../test/judged/catalogue.ts';
import { isRelevant, type Profile, precisionAt5 } from '../test/judged/judge.rules.ts';
import { type JudgedOrder, judgedOrders } from '../test/judged/judged-orders.ts';

const GOAL = 0.7;
const FIRST = 5;
const ROOMS = ['accounts', 'marketplace', 'recommendations'];
const ASK = `query ($input: WishInput!) { recommendedTutorsFor(input: $input, first: ${FIRST}) {
  degradedReasons edges { node { tutor { id } } } } }`;

/** A way to answer an order: ids of tutors, the best first. */
type Answer = (order: JudgedOrder) => Promise<string[]>;

/** How good recommendations are, as judged by rules that know nothing of the ranking; see data/judged/README.md. */
export async function bench(compare: Compare): Promise<void> {
  const orders = await judgedOrders();
  for (const tutors of [firstStart.tutors, 1_000]) {
    const market = await JudgedMarket.open(tutors);
    await printPrecision(market, orders);
    if (tutors === 1_000) {
      const at = (index: number) => orders[index % orders.length] as JudgedOrder;
      await compare({
        name: 'recommend for a judged order, 1,000 tutors',
        load: repeat((index) => market.recommended(at(index))),
        peer: { name: 'the most popular within the filters', load: repeat((index) => market.popular(at(index))) },
        goal: p95Within(60),
      });
    }
    await market.close();
  }
}

async function printPrecision(market: JudgedMarket, orders: readonly JudgedOrder[]): Promise<void> {
  const ways: [string, Answer][] = [
    ['recommendedTutorsFor', (order) => market.recommended(order)],
    ['the most popular within the filters', (order) => market.popular(order)],
    ['the nearest texts of all tutors, no filter', (order) => market.nearest(order)],
  ];
  const judged = orders.map((order) => ({ order, relevant: market.relevantFor(order) }));
  const answerable = judged.filter(({ relevant }) => relevant.size > 0);
  const full = answerable.filter(({ relevant }) => relevant.size >= FIRST);
  print(
    `${market.profiles.length} tutors: ${answerable.length} of ${orders.length} orders have a relevant one, ${full.length} have ${FIRST} or more`,
  );
  for (const [name, answer] of ways) {
    const precisions: { order: JudgedOrder; precision: number }[] = [];
    for (const { order, relevant } of answerable) {
      precisions.push({ order, precision: precisionAt5(await answer(order), relevant) ?? 0 });
    }
    const of = (fits: (order: JudgedOrder) => boolean): string => {
      const some = precisions.filter(({ order }) => fits(order));
      return (some.reduce((sum, { precision }) => sum + precision, 0) / some.length).toFixed(3);
    };
    const all = of(() => true);
    const missed = name === 'recommendedTutorsFor' && Number(all) < GOAL ? ', MISSED' : '';
    print(
      `  ${name}: precision@5 ${all}${name === 'recommendedTutorsFor' ? ` (goal ≥ ${GOAL}${missed})` : ''}; ` +
        `Russian ${of(({ language }) => language === 'ru')}, English ${of(({ language }) => language === 'en')}, ` +
        `typos ${of(({ traits }) => traits.includes('typo'))}, slang ${of(({ traits }) => traits.includes('slang'))}, ` +
        `mixed ${of(({ traits }) => traits.includes('mixed'))}`,
    );
  }
}

/** The demo's market with its vectors made, and somebody who asks. */
class JudgedMarket {
  private readonly graph: TestGraph;
  private readonly student: TestPerson;
  private readonly wishVectors: WishVectors;
  private readonly subjects: ReadonlyMap<string, string>;
  readonly profiles: readonly Profile[];
  private readonly now: Date;

  private constructor(
    parts: Pick<JudgedMarket, 'profiles'> & {
      graph: TestGraph;
      student: TestPerson;
      wishVectors: WishVectors;
      subjects: ReadonlyMap<string, string>;
      now: Date;
    },
  ) {
    this.graph = parts.graph;
    this.student = parts.student;
    this.wishVectors = parts.wishVectors;
    this.subjects = parts.subjects;
    this.profiles = parts.profiles;
    this.now = parts.now;
  }

  static async open(tutors: number): Promise<JudgedMarket> {
    const now = new Date();
    const rooms = await loadRoomSources(ROOMS);
    const filled: typeof benchDatabase = async (options) => {
      const database = await benchDatabase(options);
      await loadDemo(rooms, database.url, { ...firstStart, tutors, now, clear: false });
      return database;
    };
    const graph = await startTestGraph(ROOMS, filled, {}, openGenerousRateLimiter);
    const wishVectors = await makeVectors(graph);
    const pool = openPool(graph.databaseUrl, 1);
    const run = async (statement: string) => (await pool.query(statement)).rows;
    const [subjects, profiles] = [await readSubjects(run), await readCatalogue(run)];
    await pool.end();
    const student = await graph.person('STUDENT');
    return new JudgedMarket({ graph, student, wishVectors, subjects, profiles, now });
  }

  relevantFor(order: JudgedOrder): Set<string> {
    return new Set(this.profiles.filter((profile) => isRelevant(order, profile, this.now)).map(({ id }) => id));
  }

  /** As a client is answered. @throws Error when something failed */
  async recommended(order: JudgedOrder): Promise<string[]> {
    const { data, errors } = await this.graph.run('recommendations', ASK, { input: this.inputOf(order) }, this.student);
    const list = data['recommendedTutorsFor'] as {
      degradedReasons: string[];
      edges: { node: { tutor: { id: string } } }[];
    } | null;
    if (!list || list.degradedReasons.length > 0) throw new Error(JSON.stringify(errors ?? list));
    return list.edges.map(({ node }) => node.tutor.id);
  }

  async popular(order: JudgedOrder): Promise<string[]> {
    const where = hardFilter(wishOfInput(wishInput.parse(this.inputOf(order)), this.student.userId, this.now));
    const limits = { text: 0, popular: FIRST, newcomers: 0 };
    return (await findFitting(this.em, { where, limits, since: this.now, compared: null })).popular;
  }

  async nearest({ text }: JudgedOrder): Promise<string[]> {
    const vector = await this.wishVectors.of(this.em, { orderId: null, text });
    if (!vector) return [];
    const found = await nearestTutors(this.em, { ...vector, where: sql<boolean>`not o.hidden`, limit: FIRST });
    return found.map(({ tutorId }) => tutorId);
  }

  close(): Promise<void> {
    return this.graph.close();
  }

  private get em() {
    return emOf(this.graph);
  }

  private inputOf({ subject, language, level, format, city, budget, times, timeZone, text }: JudgedOrder) {
    return {
      subjectId: this.subjects.get(subject),
      level,
      format,
      languages: [language],
      goal: text,
      ...(city && { city }),
      ...(budget && { budget: { to: budget } }),
      ...(times && timeZone && { schedule: { timeZone, times } }),
    };
  }
}

/** Runs what the room's job does, until there is nothing more to do. */
async function makeVectors(graph: TestGraph): Promise<WishVectors> {
  const room = graph.rooms.get('recommendations');
  if (!room) throw new Error('The room recommendations was not started');
  const [logger, metrics] = [silentLogger, new Metrics()];
  const ai = await createAiClient({ logger, metrics });
  const locals = new LocalModels();
  const builder = new ModelBuilder({ orm: room.orm, ai, locals, embedders: new TextEmbedders(ai, locals), logger });
  for (let isDone = false; !isDone; await delay(100)) {
    await builder.run(new AbortController().signal);
    const [row] = await emOf(graph).execute(
      `select (select count(*) from recommendations.embedding_models where state = 'BUILDING')
         + (select count(*) from recommendations.due_embeddings) as open`,
    );
    isDone = Number(row?.['open']) === 0;
  }
  return new WishVectors(ai, locals, logger, metrics);
}

function emOf(graph: TestGraph) {
  const room = graph.rooms.get('recommendations');
  if (!room) throw new Error('The room recommendations was not started');
  return room.orm.em.fork();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
