import { commonSettings, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';
import { rankingSettings } from './ranking/ranking-settings.js';
import { reRankerSettings } from './results/re-ranker-settings.js';

/** Settings of this room. */
export const settings = {
  NODE_ENV: commonSettings.NODE_ENV,
  /** Where lists are kept that all processes of the room share; in memory without it. */
  REDIS_URL: commonSettings.REDIS_URL,
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48'),
  ...reRankerSettings,
  ...rankingSettings,
} satisfies z.ZodRawShape;

/** @see settings */
export type RecommendationsEnvironment = ReturnType<typeof readRecommendationsEnvironment>;

/** Reads this room's settings. @throws EnvironmentError */
export function readRecommendationsEnvironment(source: Record<string, string | undefined>) {
  return readEnvironment(settings, source);
}
