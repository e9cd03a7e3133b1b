import { GOAL_SYNONYMS } from './goals.js';
import { SUBJECT_SYNONYMS } from './subjects.js';

/** Words and phrases that mean the same, as the local embedder takes them. */
export const SYNONYMS: readonly (readonly string[])[] = [...SUBJECT_SYNONYMS, ...GOAL_SYNONYMS].map((group) =>
  group.split(', '),
);
