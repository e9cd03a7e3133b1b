import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { modelAlertRaised } from '../events.js';
import { OUTCOME_DAYS } from '../ranking/grades.rules.js';
import { RankingModel } from '../ranking/ranking-model.entity.js';
import { closeAlerts, raiseAlert, updateAlert } from './alert.repository.js';
import { findingsOf } from './alerts.rules.js';
import { dayOf, shifted } from './days.js';
import { exposuresOf } from './exposure.repository.js';
import { fairnessOf } from './fairness.rules.js';
import { ModelDay, ModelReference } from './health.entity.js';

/** As far back as any alert looks: outcomes, a week, and four weeks to compare it with. */
const DAYS = OUTCOME_DAYS + 7 + 28;
const FAIRNESS_DAYS = 28;

/**
 * Looks at the figures of the model that runs: raises an alert for each kind that is out of bounds, once while it is open,
 * and closes those that are well within again.
 */
export async function checkAlerts(em: EntityManager, now: Date): Promise<void> {
  const running = await em.findOne(RankingModel, { status: 'RUNNING' }, { fields: ['id'] });
  if (!running) return;
  const modelId = running.id;
  const today = dayOf(now);
  const findings = findingsOf({
    today,
    days: await em.find(ModelDay, { modelId, day: { $gte: shifted(today, -DAYS) } }, { orderBy: { day: 'asc' } }),
    reference: await em.findOne(ModelReference, { modelId }),
    fairness: fairnessOf(await exposuresOf(em, { from: shifted(today, -FAIRNESS_DAYS), to: shifted(today, -1) })),
  });
  await transaction(em, async (tx) => {
    for (const finding of findings) {
      const id = finding.state === 'OUT' ? await raiseAlert(tx, modelId, finding, now) : null;
      if (id) recordEvent(tx, modelAlertRaised.create({ subject: id, data: { modelId, kind: finding.kind } }));
      else await updateAlert(tx, modelId, finding);
    }
    const within = findings.filter(({ state }) => state === 'WITHIN').map(({ kind }) => kind);
    await closeAlerts(tx, modelId, within, now);
  });
}
