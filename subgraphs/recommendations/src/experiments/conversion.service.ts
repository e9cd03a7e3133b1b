import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import type { RecommendationErrorCode } from '../errors.js';
import { cityKey } from '../market/cities.js';
import { clusterOf } from './assignment.rules.js';
import { Experiment, ExperimentMetric } from './experiment.entity.js';
import { CONTROL, type VariantPayload } from './experiment.rules.js';
import { conversionInput, isOutcomeMetric } from './experiment-input.rules.js';
import type { ExposureLog } from './exposure-log.js';
import type { Variants } from './variants.js';

/** What somebody has in an experiment. */
export interface Assignment {
  experiment: string;
  variant: string;
  payload: VariantPayload;
}

/** What a client asks a variant for. */
export interface Asked {
  name: string;
  subjectId?: string | null | undefined;
  city?: string | null | undefined;
}

const MOST_CHARACTERS = 200;
/** So many conversions of one metric count of one unit. */
const MOST_OF_UNIT = 1_000;

/** What experiments mean to those who take part. */
export class ConversionService {
  constructor(
    private readonly variants: Variants,
    private readonly exposures: ExposureLog,
  ) {}

  /** The viewer's variant; control where the experiment does not run, or not for them. */
  async variantOf({ em, user }: RequestContext, { name, subjectId, city }: Asked): Promise<Assignment> {
    const isBounded = [subjectId, city].every((text) => (text ?? '').length <= MOST_CHARACTERS);
    const cluster = subjectId && isBounded ? clusterOf(city ? cityKey(city) : null, subjectId) : null;
    const met = await this.variants.ofNamed(em, name, { userId: user.userId, cluster });
    if (!met) return { experiment: name, variant: CONTROL, payload: {} };
    const { experimentId, variant } = met;
    return { experiment: name, variant, payload: this.variants.payloadOf(experimentId, variant) };
  }

  /**
   * Counts something of the viewer, once for a key.
   *
   * @returns false when it does not count: they did not meet the experiment, or it does not run
   * @throws Refusal INVALID_INPUT, NOT_FOUND
   */
  async track({ em, user, locale }: RequestContext, input: unknown): Promise<boolean> {
    const { experiment: name, metric: metricKey, value, idempotencyKey: key } = accept(conversionInput, input, locale);
    const experiment = await em.findOne(Experiment, { name, status: { $ne: 'DRAFT' } });
    if (!experiment) throw new Refusal<RecommendationErrorCode>('NOT_FOUND', ['input', 'experiment']);
    const metric = await em.findOne(ExperimentMetric, { experimentId: experiment.id, key: metricKey });
    if (!metric || isOutcomeMetric(metricKey)) {
      throw new Refusal<RecommendationErrorCode>('NOT_FOUND', ['input', 'metric']);
    }
    if (value > metric.most) throw new Refusal<RecommendationErrorCode>('INVALID_INPUT', ['input', 'value']);
    await this.exposures.written();
    return insertConversion(em, { experiment, metric, userId: user.userId, value, key, at: new Date() });
  }
}

interface Tracked {
  experiment: Experiment;
  metric: ExperimentMetric;
  userId: string;
  value: number;
  key: string;
  at: Date;
}

/** Of several clusters that somebody belongs to it is the one that they met last. */
async function insertConversion(em: EntityManager, tracked: Tracked): Promise<boolean> {
  const { experiment, metric, userId, value, key, at } = tracked;
  const own =
    experiment.unit === 'USER'
      ? sql`select x.id, null::uuid as participant_id from recommendations.experiment_exposures x
             where x.experiment_id = ${experiment.id} and x.unit = ${userId}`
      : sql`select x.id, p.id as participant_id from recommendations.experiment_participants p
              join recommendations.experiment_exposures x on x.id = p.exposure_id
             where p.user_id = ${userId} and x.experiment_id = ${experiment.id} order by p.at desc, p.id limit 1`;
  const { rows } = await sql<{ id: string }>`
    with met as (${own}),
    open as (
      select met.* from met join recommendations.experiments e on e.id = ${experiment.id} and e.status = 'RUNNING'
       where (select count(*) from recommendations.experiment_conversions c
               where c.exposure_id = met.id and c.metric_id = ${metric.id}) < ${MOST_OF_UNIT}),
    stored as (
      insert into recommendations.experiment_conversions (id, exposure_id, participant_id, metric_id, value, key, at)
      select ${newId()}::uuid, open.id, open.participant_id, ${metric.id}::uuid, ${value}, ${key}, ${at}::timestamptz from open
          on conflict (exposure_id, metric_id, key) do nothing)
    select id from open`.execute(em.getKysely());
  return rows.length > 0;
}
