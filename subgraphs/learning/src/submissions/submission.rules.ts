/** Where what somebody hands in stands. */
export const submissionStatuses = ['DRAFT', 'SUBMITTED', 'AI_CHECKED', 'NEEDS_REVIEW', 'REVIEWED', 'RETURNED'] as const;
/** @see submissionStatuses */
export type SubmissionStatus = (typeof submissionStatuses)[number];

/** Where homework stands for somebody: ASSIGNED until they begin, then as the newest thing that they made of it. */
export const assignmentStatuses = ['ASSIGNED', ...submissionStatuses] as const;
/** @see assignmentStatuses */
export type AssignmentStatus = (typeof assignmentStatuses)[number];

/** What may happen to a submission. */
export type SubmissionAction = 'submit' | 'passCheck' | 'doubt' | 'accept' | 'return';

/** The only ways in which a submission changes its status. One that was accepted stays so, though its score may change. */
const transitions: Readonly<Record<SubmissionAction, { from: readonly SubmissionStatus[]; to: SubmissionStatus }>> = {
  submit: { from: ['DRAFT'], to: 'SUBMITTED' },
  passCheck: { from: ['SUBMITTED'], to: 'AI_CHECKED' },
  doubt: { from: ['SUBMITTED'], to: 'NEEDS_REVIEW' },
  accept: { from: ['SUBMITTED', 'AI_CHECKED', 'NEEDS_REVIEW', 'REVIEWED'], to: 'REVIEWED' },
  return: { from: ['SUBMITTED', 'AI_CHECKED', 'NEEDS_REVIEW'], to: 'RETURNED' },
};

/** What a submission becomes by an action; null when the action is not for it. */
export function after(action: SubmissionAction, status: SubmissionStatus): SubmissionStatus | null {
  const { from, to } = transitions[action];
  return from.includes(status) ? to : null;
}

/** Statuses in which it is the student's turn. */
export const openStatuses: readonly AssignmentStatus[] = ['ASSIGNED', 'DRAFT', 'RETURNED'];
/** Statuses in which a curator may want to look. */
export const waitingStatuses: readonly AssignmentStatus[] = ['SUBMITTED', 'AI_CHECKED', 'NEEDS_REVIEW'];

/** Most characters of a text that is handed in, as JavaScript and GraphQL clients count them. */
export const LONGEST_TEXT = 20_000;

/** Is this score enough to pass? */
export function passes(score: number, { maxScore, passPercent }: { maxScore: number; passPercent: number }): boolean {
  return score * 100 >= maxScore * passPercent;
}
