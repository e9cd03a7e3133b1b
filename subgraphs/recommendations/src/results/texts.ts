import type { EntityManager } from '@mikro-orm/postgresql';
import type { RawBuilder } from 'kysely';
import type { Wish } from '../ranking/wish.js';

/** What is usual among a model's vectors. */
export interface SimilarityScale {
  /** The mean cosine of two profiles that were picked blindly. */
  usual: number;
  /** The standard deviation of such cosines. */
  spread: number;
}

/** What a wish's text means to a model. */
export interface WishVector {
  model: string;
  vector: readonly number[];
  /** The model's; null while it is not known. */
  scale: SimilarityScale | null;
}

/** How results ask what texts are like. Similarities of all models are on one scale, -1 to 1: 0.12 is usual. */
export interface Texts {
  /** Null when there is nothing to compare with. */
  vectorOf(em: EntityManager, wish: Wish): Promise<WishVector | null>;
  /** Tutors with an offer that fulfils `where` (alias `o`) whose profiles are nearest, the nearest first; for many who fit. */
  nearest(
    em: EntityManager,
    query: WishVector & { where: RawBuilder<boolean>; limit: number },
  ): Promise<{ tutorId: string; similarity: number }[]>;
  /**
   * A statement that finds the nearest of those whom another one names, each with its `tutor_id` and `similarity`; nobody
   * unless the condition holds.
   */
  nearestAmong(
    query: WishVector & { limit: number },
    tutorIds: RawBuilder<unknown>,
    condition: RawBuilder<boolean>,
  ): RawBuilder<unknown>;
  /** How near profiles are, by tutor. */
  similarities(em: EntityManager, vector: WishVector, tutorIds: readonly string[]): Promise<Map<string, number>>;
}
