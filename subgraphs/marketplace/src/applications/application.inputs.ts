import { moneyRules } from '@tutorgraph/kit/graphql/money';
import { z } from 'zod';
import { reference, text } from '../lessons/lesson.rules.js';

/** What an application must look like. */
export const newApplication = z.object({
  orderId: reference,
  message: text(1, 2_000),
  proposedRate: moneyRules,
});

/** Which application. */
export const applicationReference = z.object({ applicationId: reference });
