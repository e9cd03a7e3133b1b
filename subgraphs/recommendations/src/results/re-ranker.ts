import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AiClient } from '@tutorgraph/kit/ai/ai-client';
import { AiUnavailableError } from '@tutorgraph/kit/ai/failure';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Wish } from '../ranking/wish.js';
import { keepReRanking, keptReRanking, publicProfiles } from './re-ranking.repository.js';
import { blend, isPermutation, placesOf, RE_RANKED, reRankingKey } from './re-ranking.rules.js';
import { type PublicProfile, reRankingQuestion } from './re-ranking-question.js';
import { speaksToModel } from './speaks-to-model.rules.js';

/**
 * What became of asking a model: it is not asked (`OFF`), has answered now (`ANSWERED`) or before (`KEPT`), has not
 * answered in time (`LATE`), or could not be asked or believed (`FAILED`). With the last two the list is as it was.
 */
export type ReRankOutcome = 'OFF' | 'ANSWERED' | 'KEPT' | 'LATE' | 'FAILED';

/** A list whose top a model may have put into another order. */
export interface ReRanked<Item> {
  ranked: Item[];
  outcome: ReRankOutcome;
}

/** How a re-ranker asks. */
export interface ReRankerOptions {
  em: EntityManager;
  ai: AiClient;
  logger: Logger;
  /** @see reRankerSettings */
  settings: { RERANK: 'on' | 'off'; RERANK_MODEL: string };
  /** How long a request waits. @default 700 */
  budgetMs?: number;
}

const BUDGET_MS = 700;
/** An answer that comes later than this is of no use to anybody. */
const GIVEN_UP_MS = 20_000;
/** So many questions of one process are open at a time; more are not asked. */
const MOST_AT_ONCE = 8;

/**
 * Lets a language model look at the top of a list. Whoever asks for the list waits for 700 ms at most; an answer that comes
 * later is kept for the next one who asks, because models seldom read twenty profiles as fast. The order of the answer is
 * believed only as a permutation of what was told, and only half: see {@link blend}.
 */
export class ReRanker {
  private readonly open = new Map<string, Promise<number[]>>();
  private readonly closing = new AbortController();

  constructor(private readonly options: ReRankerOptions) {}

  /** @param ranked the best first; only the first {@link RE_RANKED} are looked at */
  async reRank<Item extends { tutorId: string }>(wish: Wish, ranked: readonly Item[]): Promise<ReRanked<Item>> {
    const { em, ai, settings, logger } = this.options;
    const top = ranked.slice(0, RE_RANKED);
    if (!ai.hasProvider || settings.RERANK === 'off' || !wish.text || top.length < 2) return unchanged(ranked, 'OFF');
    try {
      const profiles = await publicProfiles(
        em,
        top.map(({ tutorId }) => tutorId),
      );
      if (profiles.length !== top.length) return unchanged(ranked, 'FAILED');
      const { places, outcome } = await this.answerTo(wish, profiles);
      if (!places || !isPermutation(places, top.length)) return unchanged(ranked, outcome);
      const kept = new Set(profiles.flatMap((profile, place) => (isSpeaking(profile) ? [place] : [])));
      return { ranked: [...blend(top, places, kept), ...ranked.slice(RE_RANKED)], outcome };
    } catch (err) {
      if (!(err instanceof AiUnavailableError)) logger.warn({ err }, 'A list could not be looked at by a model');
      return unchanged(ranked, 'FAILED');
    }
  }

  /** Gives up the questions that are open. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled(this.open.values());
  }

  private async answerTo(
    wish: Wish,
    profiles: readonly PublicProfile[],
  ): Promise<{ places: readonly number[] | null; outcome: ReRankOutcome }> {
    const { em, settings, budgetMs = BUDGET_MS } = this.options;
    const endsAt = performance.now() + budgetMs;
    const question = reRankingQuestion(wish, profiles);
    const key = reRankingKey(settings.RERANK_MODEL, question.input);
    const kept = await keptReRanking(em, key);
    if (kept) return { places: kept, outcome: 'KEPT' };
    const asked = this.open.get(key) ?? (this.open.size < MOST_AT_ONCE ? this.ask(key, question) : undefined);
    if (!asked) return { places: null, outcome: 'LATE' };
    const waited = new AbortController();
    const late = delay(Math.max(0, endsAt - performance.now()), null, { signal: waited.signal }).catch(() => null);
    const places = await Promise.race([asked, late]).finally(() => waited.abort());
    return places ? { places, outcome: 'ANSWERED' } : { places: null, outcome: 'LATE' };
  }

  /** Goes on when nobody waits any longer; whoever asks the same meanwhile shares it. */
  private ask(key: string, question: ReturnType<typeof reRankingQuestion>): Promise<number[]> {
    const { em, ai, settings, logger } = this.options;
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(GIVEN_UP_MS)]);
    const answer = async (): Promise<number[]> => {
      const { value } = await ai.background.ask({ ...question, model: settings.RERANK_MODEL }, signal);
      const places = placesOf(value.order);
      await keepReRanking(em, key, places);
      return places;
    };
    const asked = answer().finally(() => this.open.delete(key));
    this.open.set(key, asked);
    asked.catch((err: unknown) => logger.debug({ err }, 'A model gave no order of tutors'));
    return asked;
  }
}

function isSpeaking({ headline, biography }: PublicProfile): boolean {
  return speaksToModel(`${headline}\n${biography ?? ''}`);
}

function unchanged<Item>(ranked: readonly Item[], outcome: ReRankOutcome): ReRanked<Item> {
  return { ranked: [...ranked], outcome };
}
