import { sql } from 'kysely';
import type { Texts } from '../results/texts.js';
import { nearestAmong, nearestByIndex, similaritiesOf } from './nearest.js';
import { onCommonScale, sqlOnCommonScale } from './similarity-scale.js';
import type { WishVectors } from './wish-vectors.js';

/** How results ask what texts are like: a wish that cannot be compared although it has words is an error for them. */
export function profileSearch(wishVectors: WishVectors): Texts {
  return {
    vectorOf: async (em, wish) => {
      const { vector, failure } = await wishVectors.read(em, wish);
      if (failure) throw new Error(`Profiles are not compared: ${failure}`);
      return vector;
    },
    nearest: async (em, query) => {
      const near = await nearestByIndex(em, query);
      return near.map(({ tutorId, similarity }) => ({
        tutorId,
        similarity: onCommonScale(similarity, query.scale),
      }));
    },
    nearestAmong: (query, tutorIds, condition) => sql`
      select compared.tutor_id, ${sqlOnCommonScale(sql`compared.similarity`, query.scale)} as similarity
        from (${nearestAmong(query, tutorIds, condition)}) compared`,
    similarities: async (em, { model, vector, scale }, tutorIds) => {
      const cosines = await similaritiesOf(em, model, vector, tutorIds);
      return new Map([...cosines].map(([tutorId, cosine]) => [tutorId, onCommonScale(cosine, scale)]));
    },
  };
}
