import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { once } from '@tutorgraph/kit/idempotency/idempotency';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { LearningErrorCode } from '../errors.js';
import type { EmbedKnowledgeJob } from './embed-knowledge.job.js';
import { KnowledgeEntry } from './knowledge.entity.js';
import { findEntries, type KnowledgeSearch, lockEntry, visibleEntries } from './knowledge.repository.js';
import { knowledgeDeletion, knowledgeInput } from './knowledge.rules.js';
import { localKnowledge } from './knowledge-embedder.js';
import { indexEntries, unindexEntries } from './knowledge-index.js';

type Wanted = Omit<ReturnType<typeof knowledgeInput.parse>, 'idempotencyKey'>;

/** The knowledge base, for those who read and those who edit it. */
export class KnowledgeService {
  constructor(private readonly job: EmbedKnowledgeJob) {}

  /** A page of entries that the viewer may read, the newest first. */
  list(
    context: RequestContext,
    search: KnowledgeSearch | null | undefined,
    page: PageRequest,
  ): Promise<Connection<KnowledgeEntry>> {
    return findEntries(context, search ?? {}, page);
  }

  /** An entry that the viewer may read; null when there is none. */
  find(context: RequestContext, id: string): Promise<KnowledgeEntry | null> {
    return context.loader(visibleEntries).load(id);
  }

  /** Writes an entry; it is found at once. @throws Refusal INVALID_INPUT, NOT_FOUND, KNOWLEDGE_OF_LESSON, IDEMPOTENCY_KEY_REUSED */
  async upsert(context: RequestContext, input: unknown): Promise<KnowledgeEntry> {
    const { idempotencyKey: key, ...wanted } = accept(knowledgeInput, input, context.locale);
    const { embedder } = await localKnowledge();
    const call = { viewerId: context.user.userId, mutation: 'upsertKnowledgeEntry', key, input: wanted };
    return transaction(context.em, (tx) =>
      once<KnowledgeEntry, { entryId: string }>(tx, call, {
        work: async () => {
          const entry = await this.write(context, tx, wanted);
          await indexEntries(tx, [entry], embedder);
          await enqueue(tx, this.job, {});
          return entry;
        },
        reference: ({ id }) => ({ entryId: id }),
        recall: ({ entryId }) => requireEntry(tx, entryId),
      }),
    );
  }

  /** Takes an entry away; what came with the program does not come back. @throws Refusal NOT_FOUND, KNOWLEDGE_OF_LESSON */
  async remove(context: RequestContext, input: unknown): Promise<string> {
    const { entryId } = accept(knowledgeDeletion, input, context.locale);
    return transaction(context.em, async (tx) => {
      const entry = await requireEntry(tx, entryId);
      Object.assign(entry, { removedAt: new Date(), updatedBy: context.user.userId });
      await unindexEntries(tx, [entry.id]);
      audit(context, tx, 'learning.knowledge.delete', entry);
      return entry.id;
    });
  }

  private async write(context: RequestContext, tx: EntityManager, wanted: Wanted): Promise<KnowledgeEntry> {
    const { entryId, source = null, ...content } = wanted;
    const now = new Date();
    // What came with the program is the school's own from now on.
    const change = { ...content, source, shipped: null, updatedBy: context.user.userId, updatedAt: now };
    const entry = entryId
      ? Object.assign(await requireEntry(tx, entryId), change)
      : tx.create(KnowledgeEntry, { ...change, id: newId(), createdAt: now });
    audit(context, tx, 'learning.knowledge.edit', entry);
    await tx.flush();
    return entry;
  }
}

async function requireEntry(tx: EntityManager, id: string): Promise<KnowledgeEntry> {
  const entry = await lockEntry(tx, id);
  if (!entry) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'entryId']);
  if (entry.lessonId) throw new Refusal<LearningErrorCode>('KNOWLEDGE_OF_LESSON', ['input', 'entryId']);
  return entry;
}

function audit(
  context: RequestContext,
  tx: EntityManager,
  action: 'learning.knowledge.edit' | 'learning.knowledge.delete',
  { id }: KnowledgeEntry,
): void {
  recordStaffAction(tx, context, { action, resource: 'KnowledgeEntry', resourceId: id });
}
