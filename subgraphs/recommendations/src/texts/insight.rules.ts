import { createHash } from 'node:crypto';
import { type LearningStyle, learningStyles } from '../ranking/wish.js';
import { FEELINGS } from './feelings.js';
import { type Mention, readText } from './mentions.rules.js';
import { TOPIC_PHRASES, TOPIC_STYLES, type TutorTopic, tutorTopics } from './topics.js';
import type { InsightTopic } from './tutor-insight.entity.js';

/** A review to be read. */
export interface ReadReview {
  id: string;
  /** 1 to 5. */
  rating: number;
  text: string;
  /** What a model found in it beside the rules. */
  found: readonly Mention[];
}

/** What the texts of a tutor say. */
export interface Insight {
  topics: InsightTopic[];
  styles: Partial<Record<LearningStyle, number>>;
  sentiment: number | null;
}

/** A profile that names something counts as so many reviews that praise it. */
const CLAIM = 1.5;
/** So much praise of a way of teaching makes half of the most there can be, and so much more with each further review. */
const HALF_AT = 1.5;
const HALF_GROWS = 0.1;
/** Reviews without any feeling that stand beside those that were read, so that one alone does not decide. */
const CALM_REVIEWS = 1;
/** A topic that is only named is praise where nothing but praise is meant. */
const FULL_MARKS = 5;
/** From so many on praise is no chance. */
const LEAST_PRAISES = 2;
/** Praise must be so many times as frequent as complaints. */
const CLEARLY = 2;

/** Names the tables and rules by which texts are read; texts that were read by others are read again. */
export const RULES_ID = createHash('sha256')
  .update(JSON.stringify(['1', TOPIC_PHRASES, TOPIC_STYLES, FEELINGS]))
  .digest('hex')
  .slice(0, 12);

/** What a profile and reviews say of a tutor. */
export function insightOf(profile: string, reviews: readonly ReadReview[]): Insight {
  const claimed = new Set(
    readText(profile).mentions.flatMap(({ topic, tone }) => (tone === 'COMPLAINT' ? [] : [topic])),
  );
  const counts = new Map<TutorTopic, InsightTopic>();
  const of = (topic: TutorTopic): InsightTopic => {
    const known = counts.get(topic) ?? { topic, mentions: 0, praises: 0, complaints: 0, isClaimed: claimed.has(topic) };
    counts.set(topic, known);
    return known;
  };
  for (const topic of claimed) of(topic);
  const feelings: number[] = [];
  for (const { text, rating, found } of reviews) {
    const { mentions, good, bad } = readText(text);
    if (good + bad > 0) feelings.push((good - bad) / (good + bad));
    for (const { topic, tone } of together(mentions, found)) {
      const count = of(topic);
      count.mentions++;
      if (tone === 'PRAISE' || (tone === 'NEUTRAL' && rating === FULL_MARKS)) count.praises++;
      if (tone === 'COMPLAINT') count.complaints++;
    }
  }
  const topics = tutorTopics
    .flatMap((topic) => counts.get(topic) ?? [])
    .sort((a, b) => b.praises - a.praises || b.mentions - a.mentions);
  const felt = feelings.reduce((total, one) => total + one, 0);
  return {
    topics,
    styles: stylesOf(topics, reviews.length),
    sentiment: feelings.length === 0 ? null : felt / (feelings.length + CALM_REVIEWS),
  };
}

/** What reviews clearly praise, the most frequent first. */
export function praisedTopics(topics: readonly InsightTopic[]): InsightTopic[] {
  return topics.filter(({ praises, complaints }) => praises >= LEAST_PRAISES && praises >= CLEARLY * complaints);
}

/** What a tutor is good at: what reviews clearly praise, and what the profile names and a review confirms. */
export function strengthsOf(topics: readonly InsightTopic[]): InsightTopic[] {
  const praised = new Set(praisedTopics(topics));
  return topics.filter((one) => praised.has(one) || (one.isClaimed && one.praises > one.complaints));
}

/** Identity of what is read. */
export function sourceHash(profile: string, reviews: readonly ReadReview[]): string {
  const source = [profile, ...reviews.map(({ id, rating, text, found }) => [id, rating, text, found])];
  return `${RULES_ID}:${createHash('sha256').update(JSON.stringify(source)).digest('hex')}`;
}

/** Mentions of the rules, and those of a model about which the rules say nothing clear. */
function together(mentions: readonly Mention[], found: readonly Mention[]): Mention[] {
  const clear = new Set(mentions.filter(({ tone }) => tone !== 'NEUTRAL').map(({ topic }) => topic));
  const added = found.filter(({ topic }) => !clear.has(topic));
  const replaced = new Set(added.map(({ topic }) => topic));
  return [...mentions.filter(({ topic }) => !replaced.has(topic)), ...added];
}

/** Saturating shares: much praise in few reviews says as much as more in many. */
function stylesOf(topics: readonly InsightTopic[], reviewCount: number): Insight['styles'] {
  const half = HALF_AT + HALF_GROWS * reviewCount;
  const styles: Insight['styles'] = {};
  for (const style of learningStyles) {
    const shown = topics.reduce((total, { topic, praises, complaints, isClaimed }) => {
      const said = Math.max(0, praises - complaints) + (isClaimed ? CLAIM : 0);
      return total + said * (TOPIC_STYLES[topic]?.[style] ?? 0);
    }, 0);
    if (shown > 0) styles[style] = shown / (shown + half);
  }
  return styles;
}
