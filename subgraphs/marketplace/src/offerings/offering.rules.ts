import { moneyRules } from '@tutorgraph/kit/graphql/money';
import { z } from 'zod';
import { levelList, reference } from '../lessons/lesson.rules.js';

/** How many subjects one profile may offer. */
export const MOST_OFFERINGS = 20;

/** What a new offering must look like. */
export const newOffering = z.object({ subjectId: reference, levels: levelList, hourlyRate: moneyRules });

/** What may change in an offering; null means the same as leaving it out. */
export const offeringChange = z.object({
  offeringId: reference,
  levels: levelList.nullish(),
  hourlyRate: moneyRules.nullish(),
});

/** Which offering. */
export const offeringReference = z.object({ offeringId: reference });
