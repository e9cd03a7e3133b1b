import { z } from 'zod';
import { reference, text } from '../lessons/lesson.rules.js';
import type { Outcome } from './moderation.states.js';

/** What staff can say of a case. */
export const verdicts = ['PUBLISH', 'REJECT'] as const;
/** @see verdicts */
export type Verdict = (typeof verdicts)[number];

/** What follows from each. */
export const outcomeOf: Readonly<Record<Verdict, Outcome>> = { PUBLISH: 'PUBLISHED', REJECT: 'REJECTED' };

/** What staff decides; whoever is rejected is told why. */
export const caseDecision = z
  .object({ caseId: reference, decision: z.enum(verdicts), reason: text(1, 1_000).nullish() })
  .refine(({ decision, reason }) => decision === 'PUBLISH' || Boolean(reason), { path: ['reason'] });

/** An author's appeal. */
export const caseAppeal = z.object({ caseId: reference, statement: text(1, 2_000) });

const OTHERS_FIRST_MS = 3 * 86_400_000;

/** May this member of staff decide on an appeal? For three days it is for others than who decided before. */
export function mayDecideAppeal(
  { decidedBy, appealedAt }: { decidedBy?: string | null; appealedAt?: Date | null },
  userId: string,
  now: Date,
): boolean {
  return decidedBy !== userId || now.getTime() - (appealedAt?.getTime() ?? 0) >= OTHERS_FIRST_MS;
}
