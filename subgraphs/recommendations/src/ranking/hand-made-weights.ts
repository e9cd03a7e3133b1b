import type { FeatureName } from './features.js';

/** What one feature does to a score that is a sum: `weight × (value − usual)`. */
export interface Term {
  feature: FeatureName;
  weight: number;
  /** The value of a tutor of whom nobody would say anything: it adds nothing. */
  usual: number;
  /** What it adds where the value is not known. @default 0, as if it were the usual one */
  missing?: number;
}

/**
 * The weights that rank until there is data, in log-odds. Our judgement, not measured: what somebody asked for (level,
 * price, hours, language, the text) counts most, then what others experienced (rating, who came back, who was let
 * down), then how busy and how well known somebody is: little, so that newcomers are not buried.
 */
export const HAND_MADE_TERMS: readonly Term[] = [
  { feature: 'levelMatch', weight: 1.2, usual: 1 },
  { feature: 'subjectFocus', weight: 0.4, usual: 0.5 },
  { feature: 'subjectLessons', weight: 0.08, usual: 3 },
  { feature: 'experienceYears', weight: 0.15, usual: 1.6 },
  // A fifth above the budget is as bad as half a star.
  { feature: 'overBudget', weight: -2.5, usual: 0 },
  { feature: 'underBudget', weight: 0.3, usual: 0.15 },
  { feature: 'priceAgainstMedian', weight: -0.3, usual: 0 },
  // Texts of the local model are 0.1 near each other on the average, and seldom more than 0.4.
  { feature: 'similarity', weight: 6, usual: 0.1 },
  // Whoever says no hours may have time or not: a little worse than one who has most of what is wanted.
  { feature: 'hoursOverlap', weight: 1, usual: 0.6, missing: -0.15 },
  { feature: 'rating', weight: 0.9, usual: 4.6 },
  { feature: 'reviewCount', weight: 0.08, usual: 2 },
  { feature: 'responseTime', weight: -0.15, usual: 4.8 },
  { feature: 'choiceRate', weight: 1.5, usual: 0.2 },
  { feature: 'acceptance', weight: 2.5, usual: 0.95 },
  { feature: 'retention', weight: 1.5, usual: 0.6 },
  { feature: 'workload', weight: -0.5, usual: 0.3 },
  { feature: 'verified', weight: 0.35, usual: 0.5 },
  { feature: 'distance', weight: -0.35, usual: 1.8 },
  { feature: 'freshness', weight: -0.25, usual: 2 },
  { feature: 'popularity', weight: 0.08, usual: 2 },
  { feature: 'collaborative', weight: 1, usual: 0.1 },
  { feature: 'lessonsTogether', weight: 0.5, usual: 0 },
  { feature: 'languageMatch', weight: 1.2, usual: 1 },
  { feature: 'styleMatch', weight: 0.6, usual: 0.4 },
  { feature: 'sentiment', weight: 0.4, usual: 0.5 },
];
