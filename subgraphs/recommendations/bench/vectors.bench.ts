import { fileURLToPath } from 'node:url';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { benchDatabase } from '@tutorgraph/kit/bench/database';
import { figuresOf } from '@tutorgraph/kit/bench/figures';
import { p95Within, perSecond } from '@tutorgraph/kit/bench/goal';
import { type Load, repeat } from '@tutorgraph/kit/bench/load';
import { newId } from '@tutorgraph/kit/database/id';
import { createOrm, migrate } from '@tutorgraph/kit/database/orm';
import { database } from '@tutorgraph/recommendations/database';
import { beginBuilding } from '@tutorgraph/recommendations/embeddings/embedding-models';
import { fittedModel, type LocalModel } from '@tutorgraph/recommendations/embeddings/local-models';
import { type NearestQuery, nearestTutors } from '@tutorgraph/recommendations/embeddings/nearest';
import { runFit } from '@tutorgraph/recommendations/embeddings/run-fit';
import { dropVectorIndex, indexVectors } from '@tutorgraph/recommendations/embeddings/vector-index';
import { storable, vectorText } from '@tutorgraph/recommendations/embeddings/vectors.rules';
import { type RawBuilder, sql } from 'kysely';
import { type MadeUpProfile, type MadeUpWish, madeUpProfiles, madeUpWishes, SUBJECTS } from './made-up-profiles.ts';

const SEED = 8;
const SIZES = [10_000, 30_000, 100_000, 300_000];
/** The size at which figures are compared. */
const COMPARED = 100_000;
const WISHES = 40;
const NEAREST = 50;
const RECALL_GOAL = 0.98;
const FITTED_ON = 2_000;
const AT_ONCE = 5_000;
/** So many profiles are embedded; the vector of each further tutor lies between those of two who teach the same. */
const EMBEDDED = 20_000;

const SUBJECT_IDS = SUBJECTS.map(() => newId());

/** How many offers a filter leaves: a wish with all that people ask, or the subject alone. */
const FILTERS: Record<string, (wish: MadeUpWish) => RawBuilder<boolean>> = {
  'subject, level and price': (wish) =>
    sql`${subjectOf(wish)} and ${wish.level} = any (o.levels) and o.rate_minor <= ${wish.budgetMinor}::bigint`,
  'subject and price': (wish) => sql`${subjectOf(wish)} and o.rate_minor <= ${wish.budgetMinor}::bigint`,
  'subject alone': subjectOf,
};

/** The nearest tutors of a filter: how many are missed, how long it takes, and how both grow with the catalogue. */
export async function bench(compare: Compare): Promise<void> {
  const { orm, close } = await open();
  const model = await fit();
  const tutors = madeUpTutors(model);
  await beginBuilding(orm.em, { id: model.model, source: 'LOCAL', dimensions: model.dimensions });
  const wishes = madeUpWishes(SEED, WISHES);
  let size = 0;
  for (const target of SIZES) {
    await dropVectorIndex(orm, model.model);
    for (; size < target; size += AT_ONCE) await insert(orm, model, take(tutors, AT_ONCE));
    const began = performance.now();
    await indexVectors(orm, { id: model.model, dimensions: model.dimensions });
    const seconds = (performance.now() - began) / 1_000;
    await orm.em.fork().execute('vacuum analyze recommendations.tutor_vectors, recommendations.offers');
    print(`${target.toLocaleString('en')} tutors, index made in ${seconds.toFixed(1)} s`);
    for (const name of Object.keys(FILTERS)) await printFigures(orm, name, queriesOf(model, wishes, name));
    if (target === COMPARED) await compareAll(compare, orm, model, wishes);
  }
  await close();
}

/** The room's tables, without the room: its jobs would make vectors as well. */
async function open(): Promise<{ orm: MikroORM; close(): Promise<void> }> {
  const created = await benchDatabase({
    cacheKey: [fileURLToPath(database.migrations)],
    migrate: async (url) => {
      const orm = await createOrm(database, { url });
      await migrate(orm, database.room);
      await orm.close();
    },
  });
  const orm = await createOrm(database, { url: created.url });
  return {
    orm,
    close: async () => {
      await orm.close();
      await created.close();
    },
  };
}

async function compareAll(compare: Compare, orm: MikroORM, model: LocalModel, wishes: MadeUpWish[]): Promise<void> {
  for (const name of Object.keys(FILTERS)) {
    const queries = queriesOf(model, wishes, name);
    await compare({
      name: `nearest ${NEAREST} of ${COMPARED.toLocaleString('en')} by ${name}`,
      load: asking(orm, queries),
      peer: { name: 'all distances', load: repeat((index) => exact(orm, pick(queries, index))) },
      goal: p95Within(60),
    });
  }
  const texts = take(madeUpProfiles(SEED + 1), 2_000).map(textOf);
  await compare({
    name: 'embed a profile locally',
    load: repeat(async (index) => model.embed([pick(texts, index)])),
    peer: {
      name: 'read its vector by key',
      load: repeat(() => orm.em.fork().execute('select vector from recommendations.tutor_vectors limit 1')),
    },
    goal: perSecond(1_000),
  });
}

/** Recall beside all distances, and the times of both. */
async function printFigures(orm: MikroORM, name: string, queries: readonly NearestQuery[]): Promise<void> {
  let found = 0;
  let wanted = 0;
  let fitting = 0;
  const exactTimes: number[] = [];
  for (const query of queries) {
    const began = performance.now();
    const nearest = await exact(orm, query);
    exactTimes.push(performance.now() - began);
    // Tutors with the same text are as near as each other: whoever is as near as the last one is found rightly.
    const least = nearest.at(-1)?.similarity ?? 1;
    const near = await nearestTutors(orm.em.fork(), query);
    found += near.filter(({ similarity }) => similarity >= least - 1e-6).length;
    wanted += nearest.length;
    fitting += await fittingCount(orm, query);
  }
  const own = figuresOf([
    await asking(orm, queries).round({ ms: 10_000, concurrency: 1, mostCalls: 3 * queries.length }),
  ]);
  const peer = figuresOf([{ times: exactTimes, elapsedMs: exactTimes.reduce((sum, time) => sum + time, 0) }]);
  const recall = Math.min(1, found / wanted);
  print(
    `  ${name} (${Math.round(fitting / queries.length).toLocaleString('en')} fit): recall@${NEAREST} ${recall.toFixed(4)} ` +
      `(goal ≥ ${RECALL_GOAL}${recall >= RECALL_GOAL ? '' : ', MISSED'}), p50 ${own.p50.toFixed(1)} ms, p95 ${own.p95.toFixed(1)} ms; ` +
      `all distances p50 ${peer.p50.toFixed(1)} ms, ratio ${(own.p50 / peer.p50).toFixed(2)}`,
  );
}

function asking(orm: MikroORM, queries: readonly NearestQuery[]): Load {
  return repeat((index) => nearestTutors(orm.em.fork(), pick(queries, index)));
}

/** By all distances: a sum is not what the index has. */
async function exact(orm: MikroORM, { model, vector, where, limit }: NearestQuery): Promise<{ similarity: number }[]> {
  const type = sql`public.halfvec(${sql.lit(vector.length)})`;
  const { rows } = await sql<{ similarity: number }>`
    select v.tutor_id, 1 - (v.vector::${type} operator(public.<=>) ${vectorText(vector)}::${type}) as similarity
      from recommendations.tutor_vectors v
     where v.model = ${model}
       and exists (select from recommendations.offers o where o.tutor_id = v.tutor_id and (${where}))
     order by (v.vector::${type} operator(public.<=>) ${vectorText(vector)}::${type}) + 0 limit ${limit}`.execute(
    orm.em.fork().getKysely(),
  );
  return rows;
}

async function fittingCount(orm: MikroORM, { where }: NearestQuery): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from recommendations.offers o where ${where}`.execute(orm.em.fork().getKysely());
  return rows[0]?.count ?? 0;
}

function queriesOf(model: LocalModel, wishes: readonly MadeUpWish[], filter: string): NearestQuery[] {
  const vectors = model.embed(wishes.map(({ text }) => text));
  return wishes.map((wish, index) => {
    const where = FILTERS[filter]?.(wish) ?? sql<boolean>`true`;
    return { model: model.model, vector: vectors[index] ?? [], where, limit: NEAREST };
  });
}

async function fit(): Promise<LocalModel> {
  const began = performance.now();
  const content = await runFit(take(madeUpProfiles(SEED), FITTED_ON).map(textOf), AbortSignal.timeout(300_000));
  const model = fittedModel(content);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  print(`fitted on ${FITTED_ON} profiles in ${seconds} s: ${model.dimensions} factors, ${content.length} bytes`);
  return model;
}

interface MadeUpTutor extends MadeUpProfile {
  vector: readonly number[];
}

function* madeUpTutors(model: LocalModel): Generator<MadeUpTutor> {
  const profiles = madeUpProfiles(SEED);
  const embedded: MadeUpTutor[][] = SUBJECTS.map(() => []);
  for (let count = 0; ; count++) {
    const profile = profiles.next().value as MadeUpProfile;
    const known = embedded[profile.subject] ?? [];
    if (count < EMBEDDED) {
      const [vector = []] = model.embed([textOf(profile)]);
      known.push({ ...profile, vector });
      yield { ...profile, vector };
    } else {
      // Two numbers without a common divisor make as many pairs.
      const [one, other] = [pick(known, count), pick(known, Math.trunc(count / known.length) * 7 + 1 + count)];
      yield { ...profile, vector: one.vector.map((value, at) => 0.8 * value + 0.6 * (other.vector[at] ?? 0)) };
    }
  }
}

async function insert(orm: MikroORM, model: LocalModel, tutors: readonly MadeUpTutor[]): Promise<void> {
  const rows = tutors.map(({ vector, ...profile }) => ({
    id: newId(),
    ...profile,
    subject: SUBJECT_IDS[profile.subject],
    vector: storable(vector, { id: model.model, dimensions: model.dimensions }),
  }));
  await sql`
    with made as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as
        r(id uuid, headline text, biography text, subject uuid, level text, "rateMinor" bigint, vector text)
    ), tutors as (
      insert into recommendations.tutors (id, user_id, hidden, currency, languages, formats, experience_years, premium, verified,
        headline, biography, created_at, changed_at, last_active_at)
      select id, gen_random_uuid(), false, 'EUR', '{ru,en}', '{ONLINE}', 3, false, true, headline, biography, now(), now(), now()
        from made
    ), offers as (
      insert into recommendations.offers (tutor_id, subject_id, levels, rate_minor, currency, hidden, languages, formats,
        tutor_created_at, popularity)
      select id, subject, array[level, 'ADULT'], "rateMinor", 'EUR', false, '{ru,en}', '{ONLINE}', now(), random() from made
    )
    insert into recommendations.tutor_vectors (model, tutor_id, vector, text_hash)
    select ${model.model}, id, vector::public.halfvec, '' from made`.execute(orm.em.fork().getKysely());
}

function subjectOf({ subject }: MadeUpWish): RawBuilder<boolean> {
  return sql<boolean>`o.subject_id = ${SUBJECT_IDS[subject]}::uuid and not o.hidden`;
}

function textOf({ headline, biography }: MadeUpProfile): string {
  return `${headline}\n${biography}`;
}

function take<Value>(from: Generator<Value>, count: number): Value[] {
  return Array.from({ length: count }, () => from.next().value as Value);
}

/** @throws Error when there is none */
function pick<Value>(values: readonly Value[], index: number): Value {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('There is nothing to measure');
  return value;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
