/** A tutor who was shown in a list. */
export interface LoggedRow {
  /** In the list, 1 at the top. */
  position: number;
  /** As featureRow gave them then, one for each of FEATURE_NAMES. NaN: not known. */
  features: readonly number[];
  /** What came of it within OUTCOME_DAYS: 0 for nothing, to 4; see gradeOf. */
  grade: number;
}

/** A list of tutors that somebody was shown, with those alone whom they were shown. */
export interface LoggedList {
  /** In milliseconds, as Date has them. */
  shownAt: number;
  /** Lists of one order, or of one person without an order, have one: they are not independent of each other. */
  unit: string;
  rows: readonly LoggedRow[];
}

/**
 * All that a ranker learns from, in any order: lists with outcomes and without, for how likely an outcome is can only be
 * learned from both.
 */
export interface RankingDataset {
  lists: readonly LoggedList[];
}
