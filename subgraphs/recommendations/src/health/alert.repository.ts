import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import type { Finding } from './alerts.rules.js';
import { ModelAlert } from './health.entity.js';

/** A page of alerts, the newest first. @param open only open ones, or only those that are closed */
export function findAlerts(
  em: EntityManager,
  open: boolean | null,
  page: PageRequest,
): Promise<Connection<ModelAlert>> {
  const isWanted = open === null ? sql`true` : open ? sql`t.closed_at is null` : sql`t.closed_at is not null`;
  const order = [
    { expression: sql`t.raised_at`, type: 'timestamptz', direction: 'desc' },
    { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
  ] as const;
  const from = sql`from recommendations.model_alerts t where ${isWanted}`;
  return keysetPage(em, { entity: ModelAlert, from, order }, page);
}

/** Raises an alert unless there is an open one of its kind. @returns its id, or null */
export async function raiseAlert(
  tx: EntityManager,
  modelId: string,
  { kind, subject, value, bound }: Finding,
  now: Date,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into recommendations.model_alerts (id, model_id, kind, subject, value, bound, raised_at)
    values (${newId()}, ${modelId}, ${kind}, ${subject}, ${value}, ${bound}, ${now})
    on conflict (model_id, kind) where closed_at is null do nothing returning id`.execute(tx.getKysely());
  return rows[0]?.id ?? null;
}

/** Says of an open alert how its figure stands now. */
export async function updateAlert(tx: EntityManager, modelId: string, finding: Finding): Promise<void> {
  const { kind, subject, value, bound } = finding;
  await tx.nativeUpdate(ModelAlert, { modelId, kind, closedAt: null }, { subject, value, bound });
}

/** Closes alerts of a model whose figures are within bounds again, and all of models that do not run any more. */
export async function closeAlerts(
  tx: EntityManager,
  modelId: string,
  kinds: readonly Finding['kind'][],
  now: Date,
): Promise<void> {
  await sql`
    update recommendations.model_alerts set closed_at = ${now}
     where closed_at is null and (model_id <> ${modelId} or kind = any (${[...kinds]}::text[]))`.execute(
    tx.getKysely(),
  );
}
