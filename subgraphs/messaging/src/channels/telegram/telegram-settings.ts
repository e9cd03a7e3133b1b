import { z } from 'zod';

/** Settings of messages on Telegram. */
export const telegramSettings = {
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, 'must be a token from @BotFather, such as 123456789:AA…')
    .optional(),
  TELEGRAM_API_URL: z.url({ protocol: /^https?$/ }).optional(),
} satisfies z.ZodRawShape;
