import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AiClient } from '@tutorgraph/kit/ai/ai-client';
import { AiUnavailableError } from '@tutorgraph/kit/ai/failure';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import {
  type DueTutor,
  hashesOf,
  type KeptInsight,
  keepInsights,
  keepReading,
  profilesOf,
  reviewsOf,
  type StoredReview,
  settleDueTutors,
} from './insight.repository.js';
import { insightOf, type ReadReview, sourceHash } from './insight.rules.js';
import { believedMentions, mayBeAsked, ordersAModel, readingQuestion } from './model-reading.rules.js';

/** How many questions a model may still be asked in a run. */
interface Budget {
  questions: number;
  signal: AbortSignal;
  logger: Logger;
}

/** Reads profiles and reviews: by rules, and by a model where there is one. */
export class TutorReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ai: AiClient,
  ) {}

  /** Reads tutors anew. What has not changed since the last time is not written again. */
  async read(due: readonly DueTutor[], budget: Budget): Promise<void> {
    const tutorIds = due.map(({ tutorId }) => tutorId);
    const em = this.em.fork();
    const reviews = await reviewsOf(em, tutorIds);
    const unasked = await this.ask(
      tutorIds.flatMap((id) => reviews.get(id) ?? []),
      budget,
    );
    const [profiles, hashes] = [await profilesOf(em, tutorIds), await hashesOf(em, tutorIds)];
    const insights: KeptInsight[] = [];
    for (const [tutorId, profile] of profiles) {
      const texts = (reviews.get(tutorId) ?? []).filter(({ text }) => !ordersAModel(text)).map(toRead);
      const hash = sourceHash(profile, texts);
      if (hash === hashes.get(tutorId)) continue;
      insights.push({ tutorId, sourceHash: hash, ...insightOf(profile, texts) });
      // Reading takes some milliseconds a tutor: others are answered in between.
      await breathe();
    }
    const settled = due.filter(({ tutorId }) => !unasked.has(tutorId));
    await transaction(em, async (tx) => {
      await keepInsights(tx, insights);
      await settleDueTutors(tx, settled);
    });
  }

  /** Asks a model about reviews that it has not read. @returns tutors with reviews that it may read in a later run */
  private async ask(reviews: readonly StoredReview[], budget: Budget): Promise<Set<string>> {
    const later = new Set<string>();
    if (!this.ai.hasProvider) return later;
    for (const review of reviews) {
      if (review.readHash === hashOf(review.text) || !mayBeAsked(review.text)) continue;
      if (budget.questions <= 0) {
        later.add(review.tutorId);
        continue;
      }
      budget.questions--;
      if (await this.askAbout(review, budget)) continue;
      // The rules alone are good enough until texts change again or the nightly run.
      budget.questions = 0;
      return new Set();
    }
    return later;
  }

  /** @returns whether there was an answer */
  private async askAbout(review: StoredReview, { signal, logger }: Budget): Promise<boolean> {
    try {
      const { value, model } = await this.ai.background.ask(readingQuestion(review.text), signal);
      const mentions = believedMentions(value, review);
      const textHash = hashOf(review.text);
      await keepReading(this.em.fork(), { reviewId: review.id, textHash, mentions, model });
      Object.assign(review, { readHash: textHash, found: mentions });
      return true;
    } catch (err) {
      if (!(err instanceof AiUnavailableError)) throw err;
      logger.warn({ err }, 'No model reads reviews at present; the rules do');
      return false;
    }
  }
}

function toRead({ id, rating, text, readHash, found }: StoredReview): ReadReview {
  const isBelieved = readHash === hashOf(text) && mayBeAsked(text);
  return { id, rating, text, found: isBelieved ? (found ?? []) : [] };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
