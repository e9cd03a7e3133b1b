import { commonSettings, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';
import { assistantSettings } from './assistant/assistant-settings.js';
import { certificateSettings } from './certificates/certificate-settings.js';
import { getCourseSettings } from './getcourse/getcourse-settings.js';
import { homeworkCheckSettings } from './homework-check/homework-check-settings.js';
import { riskSettings } from './risk/risk-settings.js';
import { speechSettings } from './speech/speech-settings.js';
import { vocabularySettings } from './vocabulary/vocabulary-settings.js';

/** Settings of this room. */
export const settings = {
  NODE_ENV: commonSettings.NODE_ENV,
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48'),
  ...assistantSettings,
  ...certificateSettings,
  ...getCourseSettings,
  ...homeworkCheckSettings,
  ...riskSettings,
  ...speechSettings,
  ...vocabularySettings,
} satisfies z.ZodRawShape;

/** @see settings */
export type LearningEnvironment = ReturnType<typeof readLearningEnvironment>;

/** Reads this room's settings. @throws EnvironmentError */
export function readLearningEnvironment(source: Record<string, string | undefined>) {
  return readEnvironment(settings, source);
}
