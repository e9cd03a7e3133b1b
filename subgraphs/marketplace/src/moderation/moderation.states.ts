/** What has become of something that somebody wrote. */
export const contentStates = ['PUBLISHED', 'IN_REVIEW', 'REJECTED'] as const;
/** @see contentStates */
export type ContentState = (typeof contentStates)[number];

/** What is moderated. */
export const contentKinds = ['REVIEW', 'ANSWER', 'PROFILE'] as const;
/** @see contentKinds */
export type ContentKind = (typeof contentKinds)[number];

/** Who or what judged. */
export const judges = ['LOCAL', 'MODEL', 'SIGNALS', 'STAFF'] as const;
/** @see judges */
export type Judge = (typeof judges)[number];

/** Where a case stands. */
export const caseStatuses = ['WAITING', 'DECIDED', 'APPEALED', 'SUPERSEDED', 'WITHDRAWN'] as const;
/** @see caseStatuses */
export type CaseStatus = (typeof caseStatuses)[number];

/** A case in one of these waits for staff; as in the partial indexes of moderation-case.entity.ts. */
export const waitingStatuses = ['WAITING', 'APPEALED'] as const satisfies readonly CaseStatus[];

/** What staff can decide. */
export const outcomes = ['PUBLISHED', 'REJECTED'] as const satisfies readonly ContentState[];
/** @see outcomes */
export type Outcome = (typeof outcomes)[number];

/** From which status a case may go to which; everything else is refused. */
const caseTransitions: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  WAITING: ['DECIDED', 'SUPERSEDED', 'WITHDRAWN'],
  DECIDED: ['APPEALED', 'WITHDRAWN'],
  APPEALED: ['DECIDED', 'SUPERSEDED', 'WITHDRAWN'],
  SUPERSEDED: ['WITHDRAWN'],
  WITHDRAWN: [],
};

/** May a case go from one status to another? */
export function mayCaseBecome(from: CaseStatus, to: CaseStatus): boolean {
  return caseTransitions[from].includes(to);
}
