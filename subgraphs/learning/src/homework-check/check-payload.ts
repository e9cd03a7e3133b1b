import { z } from 'zod';

/** Which submission is to be checked, and the language in which its student is told what was found. */
export const checkPayload = z.object({ submissionId: z.uuid(), language: z.enum(['en', 'ru']).catch('en') });
