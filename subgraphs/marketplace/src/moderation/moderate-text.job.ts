import type { EntityManager } from '@mikro-orm/postgresql';
import type { AiAnswer, AiClient } from '@tutorgraph/kit/ai/ai-client';
import { AiUnavailableError } from '@tutorgraph/kit/ai/failure';
import type { Moderation } from '@tutorgraph/kit/ai/openai-provider';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { fileOpinion, type Opinion } from './case-file.js';
import type { Content } from './content.js';
import type { Finding } from './finding.js';
import { hasModelJudged, isQueued } from './moderation.repository.js';
import { contentKinds } from './moderation.states.js';
import { judgementOf, QUEUE_FROM } from './rules/judge.rules.js';
import { lockTarget } from './targets.js';

/** @see moderateTextJob */
export type ModerateTextJob = ReturnType<typeof moderateTextJob>;

/** How often a model that is not there is asked, within minutes; then what the local rules say stands. */
const TRIES = 4;

/** Asks the moderation model about a version, and keeps back what it is sure of. */
export function moderateTextJob(em: EntityManager, ai: AiClient) {
  return defineJob({
    name: 'moderate-text',
    description: 'Asks the moderation model about something that somebody wrote.',
    payload: z.object({ kind: z.enum(contentKinds), targetId: z.uuid(), version: z.int() }),
    retries: TRIES,
    retryDelaySeconds: 15,
    concurrency: 2,
    handler: async ({ kind, targetId, version }, { attempt, signal, logger }) => {
      const content = await transaction(em, async (tx) => {
        if (await hasModelJudged(tx, targetId, version)) return null;
        const target = await lockTarget(tx, kind, targetId);
        return target?.content.version === version ? target.content : null;
      });
      if (!content) return;
      const opinion = await ask(ai, content, attempt, signal);
      if (opinion.degraded)
        logger.warn({ kind, targetId }, 'The moderation model could not be asked; local rules stand');
      await transaction(em, (tx) => file(tx, content, opinion));
    },
  });
}

/** @throws AiUnavailableError while another try may do better */
async function ask(ai: AiClient, { texts }: Content, attempt: number, signal: AbortSignal): Promise<Opinion> {
  const fields = Object.keys(texts);
  if (fields.length === 0) return { judge: 'MODEL', model: null, advice: 'CLEAN', findings: [] };
  try {
    const { value, model } = await ai.background.moderate(Object.values(texts), signal);
    const findings = findingsOf(value, fields);
    return { judge: 'MODEL', model, advice: judgementOf(findings).advice, findings };
  } catch (error) {
    if (!(error instanceof AiUnavailableError)) throw error;
    // Where no model is configured, nobody expects one.
    if (error.reason !== 'no key' && attempt <= TRIES) throw error;
    return { judge: 'MODEL', model: null, advice: 'CLEAN', findings: [], degraded: error.reason !== 'no key' };
  }
}

/** What the model flags it is sure of; what it does not is kept when it is worth a look. */
function findingsOf(answers: AiAnswer<Moderation[]>['value'], fields: readonly string[]): Finding[] {
  return answers.flatMap(({ categories, scores }, index) => {
    const field = fields[index] ?? '';
    const sure = categories.map((category) => ({
      category,
      field,
      confidence: Math.max(scores[category] ?? 1, FLAGGED),
    }));
    const unsure = Object.entries(scores)
      .filter(([category, score]) => score >= QUEUE_FROM && !categories.includes(category))
      .map(([category, score]) => ({ category, field, confidence: Math.min(score, UNFLAGGED) }));
    return [...sure, ...unsure];
  });
}

/** The model's own thresholds differ by category: what it flags is held from here on, what it does not is not. */
const FLAGGED = 0.8;
const UNFLAGGED = 0.79;

/** Stores the opinion if nothing has changed since it was asked for. */
async function file(tx: EntityManager, asked: Content, opinion: Opinion): Promise<void> {
  const target = await lockTarget(tx, asked.kind, asked.targetId);
  if (target?.content.version !== asked.version || (await hasModelJudged(tx, asked.targetId, asked.version))) return;
  const now = new Date();
  const isConfigured = opinion.model !== null || opinion.degraded === true;
  const { heldFields } = judgementOf(opinion.findings);
  const holds =
    isConfigured &&
    (await fileOpinion(tx, { ...target.content, texts: { ...target.held, ...target.content.texts } }, opinion, now));
  if (holds) await target.move('IN_REVIEW', heldFields, now);
  else if (!(await isQueued(tx, asked.targetId))) target.accept(Object.keys(asked.texts), now);
}
