import type { Relaxation } from './hard-filter.js';

/** By what a tutor came among the candidates. */
export const candidateSources = ['TEXT', 'SIMILAR_STUDENTS', 'POPULAR', 'NEWCOMER', 'RELAXED'] as const;
/** @see candidateSources */
export type CandidateSource = (typeof candidateSources)[number];

/** A tutor who may be recommended. */
export interface Candidate {
  tutorId: string;
  /** By which the tutor was found, each once. */
  sources: readonly CandidateSource[];
  /** How many relaxations it took; 0 for one who fulfils all that was asked. */
  steps: number;
  /** How near texts of profile and wish are, where the search for them has told. */
  similarity: number | null;
  /** How often students like this one chose the tutor, 0 to 1; null when nothing is known of any. */
  collaborative: number | null;
}

/** Whom a wish may be answered with. */
export interface Candidates {
  tutors: readonly Candidate[];
  /** What was given up so that there are enough of them. */
  relaxed: readonly Relaxation[];
}
