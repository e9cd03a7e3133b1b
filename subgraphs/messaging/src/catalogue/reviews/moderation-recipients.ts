import type { Recipient } from '../notification-type.js';
import type { Values } from '../values.js';

/** What staff decides on. */
export interface Moderated {
  kind: 'REVIEW' | 'ANSWER' | 'PROFILE';
  targetId: string;
  tutorId: string;
}

/** Somebody who is told of a text that staff decides on. Profiles lead to the tutor, the others to the review. */
export function aboutText({ kind, targetId, tutorId }: Moderated, userId: string, values: Values = {}): Recipient {
  return {
    userId,
    values: { kindKey: `notification.content.${kind}`, ...values },
    target: kind === 'REVIEW' ? { kind: 'REVIEW', id: targetId } : { kind: 'TUTOR', id: tutorId },
  };
}

/** A member of staff who may decide on it. */
export function forModerator(moderated: Moderated, userId: string): Recipient {
  return aboutText(moderated, userId, { kindKey: `notification.staffContent.${moderated.kind}` });
}

/** Values of an ordinary case, for samples. */
export const sampleText: Values = { kindKey: 'notification.content.REVIEW' };

/** The same for staff. */
export const sampleTextForStaff: Values = { kindKey: 'notification.staffContent.REVIEW' };
