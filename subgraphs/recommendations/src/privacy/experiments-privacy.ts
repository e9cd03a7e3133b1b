import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { sql } from 'kysely';
import { Experiment } from '../experiments/experiment.entity.js';
import { ExperimentExposure, ExperimentParticipant } from '../experiments/exposure.entity.js';

/** Which experiments somebody took part in, and what was counted of them there. */
export async function collectExperiments(em: EntityManager, userId: string): Promise<PersonalData> {
  const { rows: experiments } = await sql`
    select e.name as experiment, v.key as variant, coalesce(p.at, x.at) as "metAt", coalesce(c.all, '[]') as conversions
      from recommendations.experiment_exposures x
      join recommendations.experiments e on e.id = x.experiment_id
      join recommendations.experiment_variants v on v.id = x.variant_id
      left join recommendations.experiment_participants p on p.exposure_id = x.id and p.user_id = ${userId}
      left join lateral (
        select jsonb_agg(jsonb_build_object('metric', m.key, 'value', c.value, 'at', c.at) order by c.at, c.id) as all
          from recommendations.experiment_conversions c
          join recommendations.experiment_metrics m on m.id = c.metric_id
         where c.exposure_id = x.id and c.participant_id is not distinct from p.id) c on true
     where x.unit = ${userId} or x.id in (
       select exposure_id from recommendations.experiment_participants where user_id = ${userId})
     order by 3, 1`.execute(em.getKysely());
  return { sections: { experiments } };
}

/** What was counted stays, of nobody: a unit without a name. */
export async function eraseExperiments(tx: EntityManager, userId: string): Promise<void> {
  const db = tx.getKysely();
  // What a client called its conversions may name whose they are.
  await sql`
    update recommendations.experiment_conversions c set key = c.id::text
      from recommendations.experiment_exposures x
      left join recommendations.experiment_participants p on p.exposure_id = x.id and p.user_id = ${userId}
     where c.exposure_id = x.id and (x.unit = ${userId} or c.participant_id = p.id)`.execute(db);
  await tx.nativeUpdate(ExperimentExposure, { unit: userId }, { unit: randomUUID() });
  await tx.nativeUpdate(ExperimentParticipant, { userId }, { userId: null });
  await tx.nativeUpdate(Experiment, { ownerId: userId }, { ownerId: null });
}
