import type { EntityManager } from '@mikro-orm/postgresql';
import type { SubjectFacts } from '../ranking/features.js';
import type { Wish } from '../ranking/wish.js';
import { findSubjectFacts } from './facts.repository.js';

const FRESH_MS = 10 * 60 * 1000;
const MOST_KEPT = 2_000;

/** What is usual in each subject, kept in memory for some minutes: it changes slowly. */
export class SubjectUsual {
  private readonly kept = new Map<string, { facts: SubjectFacts; until: number }>();

  async of(em: EntityManager, wish: Wish): Promise<SubjectFacts> {
    const key = `${wish.subjectId}:${wish.currency ?? ''}`;
    const known = this.kept.get(key);
    if (known && known.until > Date.now()) return known.facts;
    const facts = await findSubjectFacts(em, wish);
    // The oldest goes first: a Map keeps the order in which keys came.
    this.kept.delete(key);
    const [oldest] = this.kept.keys();
    if (oldest !== undefined && this.kept.size >= MOST_KEPT) this.kept.delete(oldest);
    this.kept.set(key, { facts, until: Date.now() + FRESH_MS });
    return facts;
  }
}
