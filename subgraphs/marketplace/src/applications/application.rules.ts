/** Where an application stands. */
export const applicationStatuses = ['PENDING', 'CHOSEN', 'DECLINED', 'WITHDRAWN', 'NOT_CHOSEN'] as const;
/** @see applicationStatuses */
export type ApplicationStatus = (typeof applicationStatuses)[number];

/** From which status an application may go to which: all but the first are final. */
const applicationTransitions: Readonly<Record<ApplicationStatus, readonly ApplicationStatus[]>> = {
  PENDING: ['CHOSEN', 'DECLINED', 'WITHDRAWN', 'NOT_CHOSEN'],
  CHOSEN: [],
  DECLINED: [],
  WITHDRAWN: [],
  NOT_CHOSEN: [],
};

/** May an application go from one status to another? */
export function mayApplicationBecome(from: ApplicationStatus, to: ApplicationStatus): boolean {
  return applicationTransitions[from].includes(to);
}
