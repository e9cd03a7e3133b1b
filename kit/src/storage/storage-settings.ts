import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/ });

/** Settings of the file storage. */
export const storageSettings = {
  S3_ENDPOINT: httpUrl.optional(),
  S3_PUBLIC_ENDPOINT: httpUrl.optional(),
  S3_BUCKET: z.string().default('tutorgraph'),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  FILES_URL: httpUrl.optional(),
} satisfies z.ZodRawShape;
