import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { modelPromoted } from '../events.js';
import { HAND_MADE, importanceOf } from './ranking-model.js';

/**
 * Sees to it that a model runs: the hand-made one until one is trained, and this version's weights rather than an
 * older version's. Processes that start at once make one model between them.
 */
export function beginRanking(em: EntityManager): Promise<void> {
  return transaction(em, async (tx) => {
    const content = JSON.stringify(HAND_MADE);
    const { rows } = await sql<{ id: string }>`
      update recommendations.ranking_models set status = 'RETIRED'
       where status = 'RUNNING' and source = 'HAND_MADE' and content <> ${content}::jsonb returning id`.execute(
      tx.getKysely(),
    );
    const id = newId();
    // Where a model runs, the index of the one that runs refuses another.
    const made = await sql<{ id: string }>`
      insert into recommendations.ranking_models
             (id, version, source, status, content, importance, metrics, created_at, promoted_at)
      select ${id}::uuid, coalesce(max(version), 0) + 1, 'HAND_MADE', 'RUNNING', ${content}::jsonb,
             ${JSON.stringify(importanceOf(HAND_MADE))}::jsonb, '{}', now(), now()
        from recommendations.ranking_models
      on conflict do nothing returning id`.execute(tx.getKysely());
    if (made.rows.length === 0) return;
    recordEvent(tx, modelPromoted.create({ subject: id, data: { formerId: rows[0]?.id ?? null } }));
  });
}
