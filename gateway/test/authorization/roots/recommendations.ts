import { newId } from '@tutorgraph/kit/database/id';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { everybody, only, signedIn, signedInUnverified } from '../audience.js';
import type { Table } from '../table.js';
import type { World } from '../world.js';

const modelReaders = only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR');
const modelManagers = only('SUPER_ADMIN', 'ADMIN');
const experimenters = only('SUPER_ADMIN', 'ADMIN');
const marketManagers = only('SUPER_ADMIN', 'ADMIN');

/** The recommendations room. */
export const recommendations: Table = {
  Query: {
    experiment: modelReaders,
    experimentResults: modelReaders,
    experimentVariant: signedIn,
    experiments: modelReaders,
    marketCatchUp: marketManagers,
    rankingModel: modelReaders,
    recommendedOrders: signedIn,
    modelAlerts: modelReaders,
    modelPerformance: modelReaders,
    rankingModels: modelReaders,
    recommendationFairness: modelReaders,
    recommendedTutors: signedIn,
    recommendedTutorsFor: signedIn,
    similarTutors: everybody,
  },
  Mutation: {
    promoteRankingModel: modelManagers,
    rollBackRankingModel: modelManagers,
    trainRankingModel: modelManagers,
    completeExperiment: experimenters,
    createExperiment: experimenters,
    pauseExperiment: experimenters,
    rampExperiment: experimenters,
    startExperiment: experimenters,
    trackConversion: signedInUnverified,
    catchUpMarket: marketManagers,
    acknowledgeModelAlert: modelManagers,
    recordOpening: signedInUnverified,
  },
  Subscription: {
    recommendationsChanged: { who: modelReaders, prepare: somebodysOrder },
  },
};

/** An order that the viewer has not posted, straight in the database. */
async function somebodysOrder({ graph }: World): Promise<Record<string, unknown>> {
  const orderId = newId();
  await runSql(
    graph.databaseUrl,
    `insert into recommendations.orders (id, student_id, subject_id, level, format, title, languages, status, created_at)
     values ($1, $2, $3, 'EXAM', 'ONLINE', 'Algebra before the exam', '{en}', 'OPEN', now())`,
    [orderId, newId(), newId()],
  );
  return { orderId };
}
