import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { experimentCompleted, experimentPaused, experimentStarted } from '../events.js';
import type { Experiment } from './experiment.entity.js';
import { type ExperimentStatus, type GuardrailBreach, mayMoveExperiment } from './experiment.rules.js';

/** What is known of a move besides where it goes. */
export interface ExperimentMove {
  at: Date;
  /** PAUSED by a guardrail: which. */
  breach?: GuardrailBreach | undefined;
  /** COMPLETED: the variant to go on with. */
  winner?: string | null | undefined;
}

/**
 * Moves an experiment on and tells so. It must be locked.
 *
 * @returns false, and changes nothing, when the transition table does not allow it
 */
export function moveExperiment(
  tx: EntityManager,
  experiment: Experiment,
  to: ExperimentStatus,
  { at, breach, winner }: ExperimentMove,
): boolean {
  const { id: subject, status, pausedAt, rampFrom } = experiment;
  if (!mayMoveExperiment(status, to)) return false;
  experiment.status = to;
  experiment.pausedAt = to === 'PAUSED' ? at : null;
  if (to === 'RUNNING') {
    const pausedMs = pausedAt ? at.getTime() - pausedAt.getTime() : 0;
    experiment.startedAt ??= at;
    experiment.rampFrom = new Date((rampFrom ?? at).getTime() + pausedMs);
    experiment.breach = null;
    recordEvent(tx, experimentStarted.create({ subject, data: {} }));
  } else if (to === 'PAUSED') {
    experiment.breach = breach ?? null;
    recordEvent(tx, experimentPaused.create({ subject, data: { byGuardrail: breach !== undefined } }));
  } else {
    experiment.completedAt = at;
    experiment.winner = winner ?? null;
    recordEvent(tx, experimentCompleted.create({ subject, data: {} }));
  }
  return true;
}
