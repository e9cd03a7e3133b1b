import type { EntityManager } from '@mikro-orm/postgresql';
import type { Wish } from '../ranking/wish.js';
import type { Candidate, CandidateSource, Candidates } from './candidate.js';
import { findChosenByAlike, findRelaxed } from './candidate.repository.js';
import type { Degradation } from './degraded.js';
import { NEWCOMER_DAYS } from './exploration.rules.js';
import { findFitting } from './fitting.repository.js';
import { givenUp, hardFilter } from './hard-filter.js';
import type { Texts, WishVector } from './texts.js';

/** How many each way brings; together some 200 at most. */
const SHARES = { text: 100, alike: 40, popular: 60, newcomers: 20 };
/** When fewer fulfil all that was asked, something is given up, until there are as many. */
const ENOUGH = 20;
const DAY = 24 * 60 * 60 * 1000;

/** How candidates are found. */
interface CandidateSearch {
  wish: Wish;
  /** What the wish's text means; null when it is not known. */
  vector: WishVector | null;
  texts: Texts | null;
  degradation: Degradation;
  now: Date;
}

/**
 * Whom a wish may be answered with: a union of those whose texts are nearest, whom students like this one chose, the most
 * popular, and a newcomers' share, all of whom fulfil what was asked; and, when these are too few, of those who fulfil the
 * most of it. The number of statements does not depend on how many there are.
 */
export async function findCandidates(em: EntityManager, search: CandidateSearch): Promise<Candidates> {
  const { wish, vector, texts, degradation, now } = search;
  const where = hardFilter(wish);
  const since = new Date(now.getTime() - NEWCOMER_DAYS * DAY);
  const query = { where, limits: SHARES, since };
  const compared = texts && vector ? { texts, vector } : null;
  const [{ near, popular, newcomers }, alike] = await Promise.all([
    degradation
      .attempt('TEXTS', null, async () => compared && (await findFitting(em, { ...query, compared })))
      .then((found) => found ?? findFitting(em, { ...query, compared: null })),
    degradation.attempt('SIMILAR_STUDENTS', [], () => findChosenByAlike(em, wish, where, SHARES.alike)),
  ]);
  const union = new Union();
  for (const { tutorId, similarity } of near) union.add(tutorId, 'TEXT', { similarity });
  const isAlikeKnown = alike.length > 0;
  for (const { tutorId, strength } of alike) union.add(tutorId, 'SIMILAR_STUDENTS', { collaborative: strength });
  for (const tutorId of popular) union.add(tutorId, 'POPULAR');
  for (const tutorId of newcomers) union.add(tutorId, 'NEWCOMER');
  if (union.size < ENOUGH) {
    for (const { tutorId, steps } of await findRelaxed(em, wish, ENOUGH)) {
      if (union.size < ENOUGH || steps === 0) union.add(tutorId, 'RELAXED', { steps });
    }
  }
  const tutors = union.candidates.map((one) => ({
    ...one,
    collaborative: one.collaborative ?? (isAlikeKnown ? 0 : null),
  }));
  const most = Math.max(0, ...tutors.map(({ steps }) => steps));
  return { tutors, relaxed: givenUp(wish, most) };
}

/** Candidates by tutor, each once. */
class Union {
  private readonly found = new Map<string, Candidate & { sources: CandidateSource[] }>();

  get size(): number {
    return this.found.size;
  }

  get candidates(): readonly Candidate[] {
    return [...this.found.values()];
  }

  add(tutorId: string, source: CandidateSource, signs: Partial<Candidate> = {}): void {
    const known = this.found.get(tutorId);
    if (!known) {
      const unknown = { steps: 0, similarity: null, collaborative: null };
      this.found.set(tutorId, { ...unknown, ...signs, tutorId, sources: [source] });
    } else if (source !== 'RELAXED') {
      if (!known.sources.includes(source)) known.sources.push(source);
      Object.assign(known, signs);
    }
  }
}
