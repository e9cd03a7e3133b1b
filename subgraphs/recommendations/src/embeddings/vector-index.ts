import { createHash } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { dropIndex, makeIndex } from '@tutorgraph/kit/database/concurrent-index';
import type { StoredModel } from './embedding-models.js';

const SCHEMA = 'recommendations';

/**
 * Makes the index by which a model's nearest tutors are found: vectors of models have different lengths, so each has an index of
 * its own, of its vectors only. Nothing happens where it exists.
 *
 * @returns false when another process makes it at this moment
 */
export function indexVectors(
  orm: MikroORM,
  { id, dimensions }: Pick<StoredModel, 'id' | 'dimensions'>,
): Promise<boolean> {
  // A constraint of the table of models keeps quotes out of ids.
  const vector = `(vector::public.halfvec(${dimensions})) public.halfvec_cosine_ops`;
  // With pgvector's defaults (16, 64) whole neighbourhoods of like profiles cannot be reached, however wide the search is.
  const definition = `tutor_vectors using hnsw (${vector}) with (m = 24, ef_construction = 128) where model = '${id}'`;
  return makeIndex(orm, { schema: SCHEMA, name: nameOf(id), definition, memory: '512MB' });
}

/** Drops a model's index, so that removing its vectors costs little. @returns false when another process is at it */
export function dropVectorIndex(orm: MikroORM, id: string): Promise<boolean> {
  return dropIndex(orm, { schema: SCHEMA, name: nameOf(id) });
}

function nameOf(id: string): string {
  return `tutor_vectors_near_${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
}
