import type { EntityManager } from '@mikro-orm/postgresql';
import type { RawBuilder } from 'kysely';
import type { Wish } from '../ranking/wish.js';

/** What a wish's text means to a model. */
export interface WishVector {
  model: string;
  vector: readonly number[];
}

/** How results ask what texts are like. */
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
