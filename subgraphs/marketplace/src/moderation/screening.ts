import type { EntityManager } from '@mikro-orm/postgresql';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { fileOpinion, keptBy } from './case-file.js';
import type { Content } from './content.js';
import type { ModerateTextJob } from './moderate-text.job.js';
import { hasEvaded } from './moderation.repository.js';
import type { ContentState, Judge } from './moderation.states.js';
import { judgeLocally, LOCAL_RULES } from './rules/judge.rules.js';

/** Judges what somebody writes by the local rules at once, and asks for the model's opinion after the commit. */
export class Screening {
  constructor(private readonly job: ModerateTextJob) {}

  /**
   * Judges a new version. What the model, signals or staff keep back stays so until staff decides, whatever the author
   * writes instead; what the local rules alone keep back is free once it is corrected.
   *
   * @param former what became of the version before; null for the first one
   * @returns what becomes of it
   */
  async screen(tx: EntityManager, content: Content, former: ContentState | null, now: Date): Promise<ContentState> {
    const kept = await this.keeper(tx, content, former);
    const judged = judgeLocally(content.texts);
    const advice = kept ? 'HOLD' : judged.advice;
    const opinion = { judge: kept ?? 'LOCAL', model: LOCAL_RULES, advice, findings: judged.findings } as const;
    const holds = await fileOpinion(tx, content, opinion, now);
    await this.askModel(tx, content);
    return holds ? 'IN_REVIEW' : 'PUBLISHED';
  }

  /** Lets the model judge a version once it is committed. */
  async askModel(tx: EntityManager, { kind, targetId, version, texts }: Content): Promise<void> {
    if (Object.keys(texts).length > 0) await enqueue(tx, this.job, { kind, targetId, version });
  }

  private async keeper(tx: EntityManager, content: Content, former: ContentState | null): Promise<Judge | null> {
    if (former) return keptBy(tx, content.targetId, former);
    const evades = content.kind === 'REVIEW' && (await hasEvaded(tx, content.authorId, content.tutorId));
    return evades ? 'STAFF' : null;
  }
}
