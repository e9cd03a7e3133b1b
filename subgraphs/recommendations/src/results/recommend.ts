import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { SubjectFacts } from '../ranking/features.js';
import { HAND_MADE } from '../ranking/ranking-model.js';
import type { LoadedModel, RunningModel } from '../ranking/running-model.js';
import type { Wish } from '../ranking/wish.js';
import type { Candidate, CandidateSource } from './candidate.js';
import { findCandidates } from './candidates.js';
import { Degradation, type DegradedPart } from './degraded.js';
import { diversify } from './diversity.rules.js';
import { explore } from './exploration.rules.js';
import { findFacts } from './facts.repository.js';
import type { Relaxation } from './hard-filter.js';
import { type ScoredTutor, scoreTutors } from './scoring.js';
import type { SubjectUsual } from './subject-usual.js';
import type { Texts, WishVector } from './texts.js';

/** A tutor at a place of a list. */
export interface RankedTutor extends ScoredTutor {
  sources: readonly CandidateSource[];
  /** How many relaxations it took; see hard-filter.ts. */
  steps: number;
  /** What decides the place, comparable within the list: the score, unless the ranking was set in another order. */
  standing: number;
  /** Was the tutor put there to learn more about them? */
  explored: boolean;
}

/** The tutors for a wish, the best first. */
export interface RankedList {
  id: string;
  model: Pick<LoadedModel, 'id' | 'version'>;
  /** What embedded the texts that were compared; null when none were. */
  embeddingModel: string | null;
  /** What was usual in the subject. */
  subject: SubjectFacts;
  degraded: readonly DegradedPart[];
  relaxed: readonly Relaxation[];
  tutors: readonly RankedTutor[];
  candidateCount: number;
  computedAt: Date;
}

/** By what a wish is answered: which model ranks, what its text means, and what failed on the way. */
interface Basis {
  model: LoadedModel;
  vector: WishVector | null;
  degradation: Degradation;
}

/** How a wish is to be answered. */
interface RecommendOptions {
  model: LoadedModel;
  /** Names the wish: what exploration shows stands still for a day. */
  seed: string;
  /** Is a place given to somebody of whom little is known? @default true */
  explores?: boolean;
  /** May what re-ranks look at the list? It makes whoever asks wait. @default true */
  reRanks?: boolean;
  now: Date;
}

/** Sets a ranking in another order, in which everybody has to be; null when it stays as it is. Never throws. */
export type ReRanker = (
  em: EntityManager,
  wish: Wish,
  ranked: readonly RankedTutor[],
  degradation: Degradation,
) => Promise<RankedTutor[] | null>;

/** What recommending is built on. */
export interface RecommenderParts {
  models: RunningModel;
  texts: Texts | null;
  usual: SubjectUsual;
  reRank?: ReRanker | undefined;
  logger: Logger;
}

/** Most tutors of a list. */
const MOST_LISTED = 100;
/** The id of the model that ranks when not even the hand-made one's row can be read. */
const NO_MODEL = '00000000-0000-0000-0000-000000000000';

/**
 * Names the tutors who are most likely to become a lasting match: candidates, what is known of them, a model's opinion,
 * and an order in which not all of the first are alike and one is there to be learned about. Nobody can pay for a place.
 *
 * Whatever fails but the room's own tables leaves a sensible list that says what it was made without.
 */
export class Recommender {
  constructor(private readonly parts: RecommenderParts) {}

  /** The tutors for a wish. */
  async recommend(em: EntityManager, wish: Wish, options: RecommendOptions): Promise<RankedList> {
    const { model, seed, explores = true, reRanks = true, now } = options;
    const basis = await this.basisOf(em, wish, model);
    const { vector, degradation } = basis;
    const [candidates, subject] = await Promise.all([
      findCandidates(em, { wish, vector, texts: this.parts.texts, degradation, now }),
      this.parts.usual.of(em, wish),
    ]);
    const ranked = await this.rank(em, wish, candidates.tutors, { basis, subject, now });
    const looked = reRanks ? await this.parts.reRank?.(em, wish, ranked, degradation) : null;
    const reRanked = inStanding(looked ?? ranked);
    // Who fulfils all comes before who does not, however good they are.
    const fitting = reRanked.filter(({ steps }) => steps === 0);
    const others = reRanked.filter(({ steps }) => steps > 0);
    const set = [...diversify(fitting), ...others];
    const shown = explores ? explore(set, seed, now) : set;
    return {
      id: newId(),
      model: { id: model.id, version: model.version },
      embeddingModel: vector?.model ?? null,
      subject,
      degraded: degradation.parts,
      relaxed: candidates.relaxed,
      tutors: shown.slice(0, MOST_LISTED),
      candidateCount: candidates.tutors.length,
      computedAt: now,
    };
  }

  /** By what a wish is answered, with a model that ranks. */
  private async basisOf(em: EntityManager, wish: Wish, model: LoadedModel): Promise<Basis> {
    const degradation = new Degradation(this.parts.logger);
    if (model.degraded) degradation.note('MODEL');
    const vector = await degradation.attempt(
      'TEXTS',
      null,
      async () => (await this.parts.texts?.vectorOf(em, wish)) ?? null,
    );
    return { model, vector, degradation };
  }

  /** What is usual in the wish's subject. */
  usual(em: EntityManager, wish: Wish): Promise<SubjectFacts> {
    return this.parts.usual.of(em, wish);
  }

  private async rank(
    em: EntityManager,
    wish: Wish,
    candidates: readonly Candidate[],
    { basis, subject, now }: { basis: Basis; subject: SubjectFacts; now: Date },
  ): Promise<RankedTutor[]> {
    const tutorIds = candidates.map(({ tutorId }) => tutorId);
    const [similarities, stored] = await Promise.all([
      this.similarities(em, candidates, basis),
      findFacts(em, wish, tutorIds),
    ]);
    const known = candidates.flatMap(({ tutorId, similarity, collaborative }) => {
      const facts = stored.get(tutorId);
      return facts ? [{ ...facts, similarity: similarity ?? similarities.get(tutorId) ?? null, collaborative }] : [];
    });
    const scored = scoreTutors(basis.model.content, known, { wish, subject, now });
    const byId = new Map(candidates.map((candidate) => [candidate.tutorId, candidate]));
    return scored
      .map((tutor) => {
        const { sources = [], steps = 0 } = byId.get(tutor.tutorId) ?? {};
        return { ...tutor, sources, steps, standing: tutor.score, explored: false };
      })
      .sort((a, b) => b.score - a.score || (a.tutorId < b.tutorId ? -1 : 1));
  }

  /** Of those whom the search for texts did not find. */
  private similarities(
    em: EntityManager,
    candidates: readonly Candidate[],
    { vector, degradation }: Basis,
  ): Promise<Map<string, number>> {
    const others = candidates.filter(({ similarity }) => similarity === null).map(({ tutorId }) => tutorId);
    return degradation.attempt('TEXTS', new Map<string, number>(), async () =>
      this.parts.texts && vector && others.length > 0
        ? await this.parts.texts.similarities(em, vector, others)
        : new Map(),
    );
  }

  /** The model that ranks; weights chosen by hand when it cannot be read. @param modelId what an experiment wants */
  async modelOf(em: EntityManager, modelId: string | null, degradation: Degradation): Promise<LoadedModel> {
    const handMade: LoadedModel = { id: NO_MODEL, version: 0, content: HAND_MADE, degraded: true };
    const model = await degradation.attempt('MODEL', handMade, async () => {
      const wanted = modelId === null ? null : await this.parts.models.named(em, modelId);
      return wanted ?? (await this.parts.models.current(em));
    });
    if (model.degraded) degradation.note('MODEL');
    return model;
  }
}

/** Gives each place the standing that belongs to it, the highest first. */
function inStanding(tutors: readonly RankedTutor[]): RankedTutor[] {
  const standings = tutors.map(({ score }) => score).sort((a, b) => b - a);
  return tutors.map((tutor, place) => ({ ...tutor, standing: standings[place] ?? tutor.standing }));
}
