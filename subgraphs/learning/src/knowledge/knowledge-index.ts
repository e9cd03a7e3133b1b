import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalEmbedder } from '@tutorgraph/kit/ai/local-embedder';
import { newId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import { toSql } from 'pgvector';
import { chunksOf } from './chunks.rules.js';
import { embeddedText } from './knowledge-embedder.js';

/** An entry whose text is to be found. */
export interface IndexedEntry {
  id: string;
  title: string;
  body: string;
}

interface ChunkRow {
  id: string;
  entry_id: string;
  position: number;
  heading: string;
  text: string;
  starts_at: number;
  ends_at: number;
}

/** A chunk's vector. */
export interface EmbeddedChunk {
  chunkId: string;
  vector: readonly number[];
}

/** Cuts entries into chunks anew, with vectors of the local model; those of other models follow by a job. */
export async function indexEntries(
  tx: EntityManager,
  entries: readonly IndexedEntry[],
  embedder: LocalEmbedder,
): Promise<void> {
  await unindexEntries(
    tx,
    entries.map(({ id }) => id),
  );
  const chunks = entries.flatMap(chunkRows);
  if (chunks.length === 0) return;
  await sql`
    insert into learning.knowledge_chunks (id, entry_id, position, heading, text, starts_at, ends_at)
    select id, entry_id, position, heading, text, starts_at, ends_at
      from jsonb_to_recordset(${JSON.stringify(chunks)}::jsonb) as
        c(id uuid, entry_id uuid, position int, heading text, text text, starts_at int, ends_at int)`.execute(
    tx.getKysely(),
  );
  const vectors = embedder.embed(chunks.map(embeddedText));
  await storeVectors(
    tx,
    embedder.model,
    chunks.map(({ id }, index) => ({ chunkId: id, vector: vectors[index] ?? [] })),
  );
}

/** Makes entries be found no longer. */
export async function unindexEntries(tx: EntityManager, ids: readonly string[]): Promise<void> {
  await sql`delete from learning.knowledge_chunks where entry_id = any (${[...ids]}::uuid[])`.execute(tx.getKysely());
}

/** Keeps vectors of chunks, those of chunks that are gone meanwhile excepted. */
export async function storeVectors(tx: EntityManager, model: string, chunks: readonly EmbeddedChunk[]): Promise<void> {
  const ids = chunks.map(({ chunkId }) => chunkId);
  const vectors = chunks.map(({ vector }) => toSql(vector.map(short)));
  await sql`
    insert into learning.knowledge_embeddings (chunk_id, model, embedding)
    select c.id, ${model}, v.embedding::public.vector
      from unnest(${ids}::uuid[], ${vectors}::text[]) as v(chunk_id, embedding)
      join learning.knowledge_chunks c on c.id = v.chunk_id
    on conflict (chunk_id, model) do update set embedding = excluded.embedding`.execute(tx.getKysely());
}

function chunkRows({ id, title, body }: IndexedEntry): ChunkRow[] {
  return chunksOf(body).map(({ text, startsAt, endsAt }, position) => {
    return { id: newId(), entry_id: id, position, heading: title, text, starts_at: startsAt, ends_at: endsAt };
  });
}

/** Single precision has no more digits than these that matter. */
function short(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
