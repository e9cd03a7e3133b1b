import { ivan, named } from '../names.js';
import type { Recipient } from '../notification-type.js';
import type { Values } from '../values.js';

/** Values of an ordinary verification, for samples. */
export const sampleVerification: Values = { kindKey: 'notification.verification.DIPLOMA', ...named('tutor', ivan) };

/** Somebody who is told of what a tutor wants to have confirmed. */
export function aboutVerification(id: string, kind: string, userId: string, values: Values = {}): Recipient {
  return {
    userId,
    values: { kindKey: `notification.verification.${kind}`, ...values },
    target: { kind: 'VERIFICATION', id },
  };
}
