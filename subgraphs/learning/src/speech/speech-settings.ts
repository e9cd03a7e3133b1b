import { z } from 'zod';

/** Settings of speech; all of them of the server that OPENAI_BASE_URL names, and only with a key. */
export const speechSettings = {
  /** The model that writes speech down. One that does not say when each word was spoken makes feedback coarser. */
  SPEECH_TRANSCRIPTION_MODEL: z.string().min(1).max(100).default('whisper-1'),
  /** The model that speaks. */
  SPEECH_MODEL: z.string().min(1).max(100).default('gpt-4o-mini-tts'),
  /** In whose voice it speaks. */
  SPEECH_VOICE: z.string().min(1).max(100).default('alloy'),
} satisfies z.ZodRawShape;
