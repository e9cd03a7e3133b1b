import type { Texts } from '../results/texts.js';
import { nearestAmong, nearestByIndex, similaritiesOf } from './nearest.js';
import type { WishVectors } from './wish-vectors.js';

/** How results ask what texts are like: a wish that cannot be compared although it has words is an error for them. */
export function profileSearch(wishVectors: WishVectors): Texts {
  return {
    vectorOf: async (em, wish) => {
      const { vector, failure } = await wishVectors.read(em, wish);
      if (failure) throw new Error(`Profiles are not compared: ${failure}`);
      return vector;
    },
    nearest: nearestByIndex,
    nearestAmong,
    similarities: (em, { model, vector }, tutorIds) => similaritiesOf(em, model, vector, tutorIds),
  };
}
