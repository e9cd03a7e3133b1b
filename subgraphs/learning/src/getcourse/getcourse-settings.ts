import { EnvironmentError } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';

/** Settings of the exchange with GetCourse. */
export const getCourseSettings = {
  GETCOURSE_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  GETCOURSE_KEY: z.string().min(1).optional(),
  /** How often to look whether an export is there, in milliseconds. */
  GETCOURSE_POLL_MS: z.coerce.number().int().min(10).default(10_000),
} satisfies z.ZodRawShape;

/** A school's account at GetCourse. */
export interface GetCourseAccount {
  /** Such as `https://school.getcourse.ru`. */
  url: string;
  /** The secret key of the account's API, for reading and writing. */
  key: string;
}

/** The account of the settings, if they name one. @throws EnvironmentError when a part of it is missing */
export function getCourseAccount(environment: {
  GETCOURSE_URL?: string | undefined;
  GETCOURSE_KEY?: string | undefined;
}): GetCourseAccount | undefined {
  const { GETCOURSE_URL: url, GETCOURSE_KEY: key } = environment;
  if (!url && !key) return undefined;
  if (!url || !key) throw new EnvironmentError('Set both of GETCOURSE_URL and GETCOURSE_KEY, or none');
  return { url, key };
}
