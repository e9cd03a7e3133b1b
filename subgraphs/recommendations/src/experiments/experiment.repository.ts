import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Experiment, ExperimentMetric, ExperimentVariant } from './experiment.entity.js';
import type { ExperimentStatus } from './experiment.rules.js';

/** Which experiments are looked for. */
export interface ExperimentSearch {
  statuses?: readonly ExperimentStatus[] | null | undefined;
}

const NEWEST_FIRST: readonly SortKey[] = [
  { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];

/** A page of experiments, the newest first. */
export function findExperiments(
  em: EntityManager,
  { statuses }: ExperimentSearch,
  page: PageRequest,
): Promise<Connection<Experiment>> {
  const condition = statuses ? sql`t.status = any (${[...statuses]}::text[])` : sql`true`;
  const from = sql`from recommendations.experiments t where ${condition}`;
  return keysetPage(em, { entity: Experiment, from, order: NEWEST_FIRST }, page);
}

/** An experiment by id; null when there is none. */
export async function findExperiment(em: EntityManager, id: string): Promise<Experiment | null> {
  return isId(id) ? em.findOne(Experiment, { id }) : null;
}

/** An experiment to be changed, locked. */
export async function lockExperiment(tx: EntityManager, id: string): Promise<Experiment | null> {
  if (!isId(id)) return null;
  return tx.findOne(Experiment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Variants of experiments in their order, batched. */
export const variantsOfExperiments = defineLoader<string, ExperimentVariant[]>(
  async ({ em }, ids) => {
    const orderBy = { position: 'asc' } as const;
    const found = await em.find(ExperimentVariant, { experimentId: { $in: [...ids] } }, { orderBy });
    return Map.groupBy(found, ({ experimentId }) => experimentId);
  },
  { absent: () => [] },
);

/** Metrics of experiments in their order, batched. */
export const metricsOfExperiments = defineLoader<string, ExperimentMetric[]>(
  async ({ em }, ids) => {
    const orderBy = { position: 'asc' } as const;
    const found = await em.find(ExperimentMetric, { experimentId: { $in: [...ids] } }, { orderBy });
    return Map.groupBy(found, ({ experimentId }) => experimentId);
  },
  { absent: () => [] },
);
