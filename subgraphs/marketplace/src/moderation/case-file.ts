import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { moderationQueued } from '../events.js';
import type { Content } from './content.js';
import type { Finding } from './finding.js';
import { lockCasesOf, lockLatestCase } from './moderation.repository.js';
import { type CaseStatus, type ContentState, type Judge, mayCaseBecome, waitingStatuses } from './moderation.states.js';
import { ModerationCase } from './moderation-case.entity.js';
import { ModerationDecision } from './moderation-decision.entity.js';
import type { Advice } from './rules/judge.rules.js';

/** What one judge says of one version. */
export interface Opinion {
  judge: Judge;
  /** The version of the rules or the model; null for a person. */
  model: string | null;
  advice: Advice;
  findings: readonly Finding[];
  /** The model could not be asked. */
  degraded?: boolean;
}

/** An opinion and what follows from it. */
export interface Judgement extends Omit<Opinion, 'advice'> {
  outcome: ContentState;
  /** The member of staff. @default nobody */
  decidedBy?: string;
}

/** Does a case wait for staff? */
export function isWaiting({ status }: { status: CaseStatus }): boolean {
  return (waitingStatuses as readonly CaseStatus[]).includes(status);
}

/** Moves a case on. @returns false, and changes nothing, when its transition table does not allow it */
export function moveCase(moved: ModerationCase, to: CaseStatus, now: Date): boolean {
  if (!mayCaseBecome(moved.status, to)) return false;
  moved.status = to;
  moved.updatedAt = now;
  return true;
}

/**
 * Files an opinion about a version, and opens or sharpens its case when staff has to look. Content must be locked.
 *
 * @returns whether the content is to be kept from others because of it: never when staff has decided on this version
 */
export async function fileOpinion(tx: EntityManager, content: Content, opinion: Opinion, now: Date): Promise<boolean> {
  const latest = await lockLatestCase(tx, content.targetId);
  const current = latest?.targetVersion === content.version ? latest : null;
  if (latest && !current && isWaiting(latest)) {
    moveCase(latest, 'SUPERSEDED', now);
    // Before another one is added: one case a target may wait.
    await tx.flush();
  }
  const found = opinion.advice === 'CLEAN' ? current : (current ?? open(tx, content, opinion, now));
  const holds = opinion.advice === 'HOLD' && found !== null && isWaiting(found);
  if (found && holds && (!found.held || found.raisedBy === 'LOCAL')) {
    Object.assign(found, { held: true, raisedBy: opinion.judge, updatedAt: now });
  }
  const { advice: _, ...said } = opinion;
  recordDecision(tx, content, found?.id ?? null, { ...said, outcome: holds ? 'IN_REVIEW' : 'PUBLISHED' }, now);
  return holds;
}

/** Adds what was decided to the log that is only added to. */
export function recordDecision(
  tx: EntityManager,
  { kind, targetId, version }: Pick<Content, 'kind' | 'targetId' | 'version'>,
  caseId: string | null,
  judgement: Judgement,
  now: Date,
): void {
  const { judge, model, findings, degraded = false, outcome, decidedBy = null } = judgement;
  const target = { kind, targetId, targetVersion: version };
  const said = { judge, model, degraded, outcome, findings, decidedBy };
  tx.create(ModerationDecision, { id: newId(), caseId, ...target, ...said, createdAt: now });
}

/** Who keeps something from others so that another wording alone does not free it; null when nobody does. */
export async function keptBy(tx: EntityManager, targetId: string, state: ContentState): Promise<Judge | null> {
  if (state === 'PUBLISHED') return null;
  if (state === 'REJECTED') return 'STAFF';
  const latest = await lockLatestCase(tx, targetId);
  return latest && latest.raisedBy !== 'LOCAL' ? latest.raisedBy : null;
}

/** Ends all cases about something that its author took back, and removes the words from them. */
export async function withdrawCases(tx: EntityManager, targetId: string, now: Date): Promise<void> {
  for (const found of await lockCasesOf(tx, targetId)) {
    moveCase(found, 'WITHDRAWN', now);
    Object.assign(found, { texts: {}, appealStatement: null });
  }
}

/** What an event says of a case. */
export function aboutCase({ id, kind, targetId, authorId, tutorId }: ModerationCase) {
  return { subject: id, data: { kind, targetId, authorId, tutorId } };
}

function open(tx: EntityManager, content: Content, { judge, advice }: Opinion, now: Date): ModerationCase {
  const { kind, targetId, version, authorId, tutorId, texts } = content;
  const opened = tx.create(ModerationCase, {
    id: newId(),
    kind,
    targetId,
    targetVersion: version,
    authorId,
    tutorId,
    texts,
    held: advice === 'HOLD',
    raisedBy: judge,
    status: 'WAITING',
    outcome: null,
    reason: null,
    decidedBy: null,
    decidedAt: null,
    appealStatement: null,
    appealedAt: null,
    createdAt: now,
    updatedAt: now,
  });
  recordEvent(tx, moderationQueued.create(aboutCase(opened)));
  return opened;
}
