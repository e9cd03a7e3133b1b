import type { RoomDatabase } from '@tutorgraph/kit/database/orm';
import { eventEntities } from '@tutorgraph/kit/events/entities';
import { IdempotencyKey } from '@tutorgraph/kit/idempotency/idempotency-key.entity';
import {
  CachedEmbedding,
  DueEmbedding,
  EmbeddingModel,
  OrderVector,
  TutorVector,
} from './embeddings/embedding.entity.js';
import { Experiment, ExperimentMetric, ExperimentVariant } from './experiments/experiment.entity.js';
import { ExperimentConversion, ExperimentExposure, ExperimentParticipant } from './experiments/exposure.entity.js';
import { Impression, OrderImpression, Outcome, RankingRequest } from './feedback/feedback.entity.js';
import { FreshOrder } from './fresh-orders/fresh-order.entity.js';
import { ExposureDay, ModelAlert, ModelDay, ModelReference } from './health/health.entity.js';
import { CatchUp } from './market/catch-up.entity.js';
import {
  MarketApplication,
  MarketBooking,
  MarketOffer,
  MarketOrder,
  MarketReview,
  MarketTutor,
} from './market/market.entity.js';
import { RankingModel } from './ranking/ranking-model.entity.js';
import { ReRanking } from './results/re-ranking.entity.js';
import { DueReading, ReviewReading, TutorInsight } from './texts/tutor-insight.entity.js';

/** This room's tables and migrations. */
export const database: RoomDatabase = {
  room: 'recommendations',
  entities: [
    ...eventEntities,
    IdempotencyKey,
    // What the market tells.
    MarketTutor,
    MarketOffer,
    MarketOrder,
    MarketApplication,
    MarketBooking,
    MarketReview,
    CatchUp,
    // Embeddings.
    EmbeddingModel,
    TutorVector,
    OrderVector,
    DueEmbedding,
    CachedEmbedding,
    // Ranking.
    RankingModel,
    // Feedback.
    RankingRequest,
    Impression,
    OrderImpression,
    Outcome,
    // Results.
    ReRanking,
    FreshOrder,
    // Texts.
    TutorInsight,
    DueReading,
    ReviewReading,
    // Experiments.
    Experiment,
    ExperimentVariant,
    ExperimentMetric,
    ExperimentExposure,
    ExperimentParticipant,
    ExperimentConversion,
    // Health.
    ModelDay,
    ModelReference,
    ExposureDay,
    ModelAlert,
  ],
  migrations: new URL('../migrations/', import.meta.url),
  // Statements of a few milliseconds, over what is in memory or on solid-state disks: to compile one, or to start workers
  // for it, takes longer, and an index that holds all that is asked is not four times as dear as rows in their order.
  settings: { jit: 'off', max_parallel_workers_per_gather: '0', random_page_cost: '1.1' },
};
