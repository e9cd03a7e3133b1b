import { z } from 'zod';
import { readEnvironment } from '../environment/environment.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import { type AiClient, createAiClient } from './ai-client.js';

/** Settings of the AI provider. */
export const aiSettings = {
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
} satisfies z.ZodRawShape;

/** Makes the client that the settings ask for. @throws EnvironmentError */
export function openAi(options: {
  settings: Record<string, string | undefined>;
  logger: Logger;
  metrics: Metrics;
}): Promise<AiClient> {
  const { settings, ...rest } = options;
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = readEnvironment(aiSettings, settings);
  return createAiClient({ ...rest, apiKey, baseUrl });
}
