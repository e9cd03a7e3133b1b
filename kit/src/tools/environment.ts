import { z } from 'zod';
import { commonSettings } from '../environment/environment.js';

/** Settings of the command-line tools that use the database. */
export const toolSettings = {
  ...commonSettings,
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a PostgreSQL URL' }).optional(),
} satisfies z.ZodRawShape;
