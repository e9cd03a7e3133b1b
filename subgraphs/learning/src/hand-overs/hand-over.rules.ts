import { z } from 'zod';
import { longText, reference, withoutNulls } from '../input.rules.js';

/** Where a hand-over stands. */
export const handOverStatuses = ['OPEN', 'TAKEN', 'CLOSED'] as const;
/** @see handOverStatuses */
export type HandOverStatus = (typeof handOverStatuses)[number];

/** How a hand-over may go on: a taken one may be taken by somebody else, an open one closed at once. */
const transitions: Readonly<Record<HandOverStatus, readonly HandOverStatus[]>> = {
  OPEN: ['TAKEN', 'CLOSED'],
  TAKEN: ['TAKEN', 'CLOSED'],
  CLOSED: [],
};

/** May a hand-over go on so? */
export function mayMoveHandOver(from: HandOverStatus, to: HandOverStatus): boolean {
  return transitions[from].includes(to);
}

/** Somebody wants a person to answer. */
export const newHandOver = z.preprocess(
  withoutNulls,
  z.object({ sessionId: reference, note: longText(1_000).optional() }),
);

/** Which hand-over a curator takes. */
export const handOverTaking = z.object({ handOverId: reference });

/** How a curator settles it; the answer goes into the conversation. */
export const handOverClosing = z.preprocess(
  withoutNulls,
  z.object({ handOverId: reference, answer: longText(8_000).optional() }),
);
