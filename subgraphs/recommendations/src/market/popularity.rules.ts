/** Something that speaks for a tutor in a subject. */
export interface PopularityEvent {
  kind: keyof typeof POPULARITY_WEIGHTS;
  at: Date;
}

/** How much each of them counts when it has just happened. */
export const POPULARITY_WEIGHTS = {
  /** A lesson took place. */
  LESSON: 1,
  /** A student chose the tutor's application. */
  CHOSEN: 2,
  /** A review with five stars. */
  FIVE_STARS: 1,
  /** A review with four. */
  FOUR_STARS: 0.5,
} as const;

/** In so many days what happened counts half as much. */
export const HALF_LIFE_DAYS = 60;
/** Any moment before the first event. */
export const POPULARITY_EPOCH = new Date('2020-01-01T00:00:00Z');
const DAY_MS = 86_400_000;

/**
 * How sought after a tutor is in a subject, with time decay; 0 when nothing ever happened.
 *
 * Decay is forward (G. Cormode et al., "Forward Decay", 2009): what happened later counts more, by how long after a fixed
 * epoch it was. Who is ahead of whom is the same as with what happened earlier counting less every day, and so the figure
 * changes only when something happens, not with time. Its logarithm is told, since it doubles every 60 days.
 */
export function popularityOf(events: readonly PopularityEvent[]): number {
  const sum = events.reduce((total, { kind, at }) => {
    const days = (at.getTime() - POPULARITY_EPOCH.getTime()) / DAY_MS;
    return total + POPULARITY_WEIGHTS[kind] * 2 ** (days / HALF_LIFE_DAYS);
  }, 0);
  return Math.log2(1 + sum);
}
