/** How far somebody is with a lesson; one without a row is NOT_STARTED. */
export const lessonProgressStatuses = ['IN_PROGRESS', 'COMPLETED'] as const;
/** @see lessonProgressStatuses */
export type LessonProgressStatus = (typeof lessonProgressStatuses)[number];

/**
 * Why somebody may not learn a lesson yet: they are not enrolled in its version or have left, their cohort has not begun, or
 * another lesson must be completed first.
 */
export const lockReasons = ['NOT_ENROLLED', 'NOT_STARTED', 'PREREQUISITE'] as const;
/** @see lockReasons */
export type LockReason = (typeof lockReasons)[number];

/** How far somebody is with a lesson, as it is shown. */
export const shownProgress = ['NOT_STARTED', ...lessonProgressStatuses] as const;
/** @see shownProgress */
export type ShownProgress = (typeof shownProgress)[number];
