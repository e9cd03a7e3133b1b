import type { EntityManager } from '@mikro-orm/postgresql';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { countLessonsInProgress } from './booking-clock.repository.js';

/** Keeps the gauge `marketplace_lessons_in_progress`, counted whenever metrics are read. @returns how to end that */
export function observeLessons(em: EntityManager, metrics: Metrics): () => void {
  const gauge = metrics.gauge({
    name: 'marketplace_lessons_in_progress',
    help: 'Lessons that have begun and whose end has not come',
  });
  return metrics.beforeExposing(async () => gauge.set(await countLessonsInProgress(em.fork(), new Date())));
}
