import { setImmediate as turn } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type EmbeddedKind, embeddedKinds } from './embedding.entity.js';
import type { StoredModel } from './embedding-models.js';
import type { TextEmbedder } from './text-embedders.js';
import { storeVectors, textsAfter, type UnembeddedText } from './vectors.repository.js';
import { storable } from './vectors.rules.js';

/** Texts that are embedded together: a request to the provider, or a few milliseconds of this process. */
const AT_ONCE = 64;

/** A model and what makes its vectors. */
export interface Filling {
  model: Pick<StoredModel, 'id' | 'dimensions'>;
  embedder: TextEmbedder;
  signal: AbortSignal;
}

/** Gives all texts the vectors of a model that they lack. A run that was cut off is gone on with by the next. @returns how many */
export async function fillVectors(em: EntityManager, filling: Filling): Promise<number> {
  let filled = 0;
  for (const kind of embeddedKinds) {
    let after: string | null = null;
    for (;;) {
      const texts: UnembeddedText[] = await textsAfter(em.fork(), {
        kind,
        model: filling.model.id,
        after,
        limit: AT_ONCE,
      });
      const last: UnembeddedText | undefined = texts.at(-1);
      if (!last) break;
      await embedTexts(em, kind, texts, filling);
      filled += texts.length;
      after = last.id;
    }
  }
  return filled;
}

/** Makes and keeps the vectors of some texts. */
export async function embedTexts(
  em: EntityManager,
  kind: EmbeddedKind,
  texts: readonly UnembeddedText[],
  { model, embedder, signal }: Filling,
): Promise<void> {
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    signal.throwIfAborted();
    const some = texts.slice(from, from + AT_ONCE);
    const written = some.filter(({ text }) => text !== '');
    const vectors =
      written.length > 0
        ? await embedder.embed(
            written.map(({ text }) => text),
            signal,
          )
        : [];
    const byId = new Map(written.map(({ id }, index) => [id, vectors[index] ?? []]));
    const made = some.map(({ id, hash }) => {
      const vector = byId.get(id) ?? [];
      return { id, hash, vector: vector.length === 0 ? null : storable(vector, model) };
    });
    await storeVectors(em, kind, model.id, made);
    // A local model does not wait for anything; requests come in between.
    await turn();
  }
}
