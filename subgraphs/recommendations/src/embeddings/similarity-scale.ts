import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { SimilarityScale } from '../results/texts.js';

/**
 * Where the scale lies on which all models' similarities are told: that of the local model before it is fitted, for which
 * hand-made weights, reasons and compatibility were written.
 */
export const COMMON_SCALE: SimilarityScale = { usual: 0.12, spread: 0.09 };

/** So many profiles are compared, each of one half with each of the other. */
const SAMPLED = 300;
/** Fewer profiles say nothing of what is usual. */
const FEWEST = 50;
/** A catalogue in which all profiles say the same has no spread that could be scaled by. */
const LEAST_SPREAD = 0.001;

/**
 * How alike two texts are, whatever model compared them: 0.12 is usual for a profile that was picked blindly, and 0.09 a
 * standard deviation. Cosines of one model lie around 0.4, those of another around 0; moved here they mean the same.
 *
 * @param cosine -1 to 1
 * @param scale of the model; null while nobody knows it, when the cosine stands as it is
 * @returns -1 to 1
 */
export function onCommonScale(cosine: number, scale: SimilarityScale | null): number {
  if (!scale) return cosine;
  const { factor, offset } = shiftOf(scale);
  return Math.min(1, Math.max(-1, cosine * factor + offset));
}

/** The same as a part of a statement. */
export function sqlOnCommonScale(cosine: RawBuilder<number>, scale: SimilarityScale | null): RawBuilder<number> {
  if (!scale) return cosine;
  const { factor, offset } = shiftOf(scale);
  return sql<number>`least(1, greatest(-1, ${cosine} * ${factor}::float8 + ${offset}::float8))`;
}

/** Two columns of a model as its scale. */
export function scaleOf({ usual, spread }: { usual: number | null; spread: number | null }): SimilarityScale | null {
  return usual === null || spread === null ? null : { usual, spread };
}

/**
 * Measures what is usual among a model's vectors of profiles, always on the same profiles as long as they are there, and keeps
 * it with the model. Too few profiles leave it as it was.
 */
export async function measureScale(em: EntityManager, model: { id: string; dimensions: number }): Promise<void> {
  const type = sql`public.halfvec(${sql.lit(model.dimensions)})`;
  await sql`
    with sampled as materialized (
      select vector::${type} as vector, row_number() over (order by md5(tutor_id::text)) % 2 as half
        from recommendations.tutor_vectors where model = ${model.id} and vector is not null
       order by md5(tutor_id::text) limit ${SAMPLED}
    ),
    measured as (
      select avg(similarity) as usual, stddev_pop(similarity) as spread from (
        select 1 - (a.vector operator(public.<=>) b.vector) as similarity
          from sampled a join sampled b on a.half = 0 and b.half = 1
      ) pairs
    )
    update recommendations.embedding_models m set usual = measured.usual, spread = measured.spread from measured
     where m.id = ${model.id} and measured.spread between ${LEAST_SPREAD} and 2
       and (select count(*) from sampled) >= ${FEWEST}`.execute(em.getKysely());
}

function shiftOf({ usual, spread }: SimilarityScale): { factor: number; offset: number } {
  const factor = COMMON_SCALE.spread / spread;
  return { factor, offset: COMMON_SCALE.usual - usual * factor };
}
