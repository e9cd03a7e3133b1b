import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { type Due, findDue, settleDue } from './due-embeddings.js';
import type { EmbeddedKind } from './embedding.entity.js';
import { liveModels } from './embedding-models.js';
import { embedTexts, type Filling } from './fill-vectors.js';
import type { TextEmbedders } from './text-embedders.js';
import { textsAmong } from './vectors.repository.js';

/** So many are looked at together. */
const AT_ONCE = 512;

/** Embeds what has changed, for the model that is compared; one that is made finds it by itself. */
export function embedChangedJob(em: EntityManager, embedders: TextEmbedders) {
  return defineJob({
    name: 'embed-changed',
    description: 'Gives tutors and orders whose texts have changed new vectors.',
    payload: z.object({}),
    cron: '* * * * *',
    timeoutSeconds: 600,
    // The next run tries again.
    retries: 0,
    handler: (_payload, { signal }) => embedChanged(em, embedders, signal),
  });
}

/** @see embedChangedJob. @throws AiUnavailableError when the provider does not answer; what is due stays due */
export async function embedChanged(em: EntityManager, embedders: TextEmbedders, signal: AbortSignal): Promise<void> {
  for (;;) {
    const due = await findDue(em.fork(), AT_ONCE);
    const model = (await liveModels(em.fork())).find(({ state }) => state === 'ACTIVE');
    const embedder = model && (await embedders.of(em, model));
    if (due.length === 0 || !model || !embedder) return;
    for (const [kind, some] of Map.groupBy(due, (one) => one.kind)) {
      await embedSome(em, kind, some, { model, embedder, signal });
    }
    await settleDue(em, model.id, due);
  }
}

async function embedSome(em: EntityManager, kind: EmbeddedKind, due: readonly Due[], filling: Filling): Promise<void> {
  const ids = due.map(({ id }) => id);
  await embedTexts(em, kind, await textsAmong(em.fork(), kind, filling.model.id, ids), filling);
}
