import { z } from 'zod';

/** A setting is missing or wrong; the message lists every problem and what to do, one a line. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Reads settings by a zod shape, once, and reports every problem at the same time. Empty values count as absent, so
 * that a line `KEY=` in `.env` means the default.
 *
 * @throws EnvironmentError
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  source: Record<string, string | undefined>,
): z.infer<z.ZodObject<Shape>> {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = z.object(shape).safeParse(present);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new EnvironmentError(`Settings are wrong; correct them in .env or the environment. ${problems.join('; ')}`);
}

/** `true`, `1`, `on`, `yes` and their opposites. */
export const flag = z.stringbool();

/** A TCP port; 0 lets the system choose. */
export const port = z.coerce.number().int().min(0).max(65_535);

/** Settings that every process reads. */
export const commonSettings = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SENTRY_DSN: z.url().optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
} satisfies z.ZodRawShape;

/** This process's settings: `.env` in the working folder, overruled by the real environment. */
export function processSettings(): Record<string, string | undefined> {
  try {
    process.loadEnvFile();
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!absent) throw new EnvironmentError('The file .env cannot be read; correct or remove it', { cause: error });
  }
  return { ...process.env };
}
