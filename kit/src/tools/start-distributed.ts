import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startDistributed } from '../distributed/distributed.js';
import { EnvironmentError, port, processSettings, readEnvironment } from '../environment/environment.js';
import { ensureSecretKey } from '../environment/secret-key.js';
import { fatal, runUntilSignal } from '../lifecycle/lifecycle.js';
import { createLogger } from '../telemetry/logger.js';
import { toolSettings } from './environment.js';

const USAGE = 'npm run start:distributed -- [--replicas gateway=2,marketplace=2] [--port 4000]';
const missing = (what: string) => `must be the address of ${what}; the services share it, and none is embedded here`;
const shape = {
  ...toolSettings,
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: missing('a PostgreSQL server with pgvector') }),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: missing('a Redis server') }),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48').optional(),
  STRIPE_EMULATOR_PORT: port.default(12_111),
} satisfies z.ZodRawShape;

const count = z.coerce.number().int().min(1).max(32);
const commandLine = z.object({
  port: z.coerce.number().int().min(1).max(65_000).default(4000),
  replicas: z
    .string()
    .default('')
    .transform((text) =>
      Object.fromEntries(
        text
          .split(',')
          .filter(Boolean)
          .map((part) => part.split('=')),
      ),
    )
    .pipe(z.record(z.string(), count)),
});

function readCommandLine(args: readonly string[]): z.infer<typeof commandLine> {
  try {
    const options = { replicas: { type: 'string' }, port: { type: 'string' } } as const;
    return commandLine.parse(parseArgs({ args: [...args], options }).values);
  } catch (cause) {
    throw new EnvironmentError(`The command line cannot be understood. Usage: ${USAGE}`, { cause });
  }
}

/** Runs every service as a process of its own until Ctrl-C, with each one's lines under its name. */
async function main(): Promise<void> {
  const { replicas, port: firstPort } = readCommandLine(process.argv.slice(2));
  const settings = processSettings();
  const environment = readEnvironment(shape, settings);
  const { DATABASE_URL, REDIS_URL, SECRET_KEY, DATA_DIR, NODE_ENV } = environment;
  const secretKey = await ensureSecretKey(SECRET_KEY, DATA_DIR, NODE_ENV === 'production');
  const print = (label: string, line: string): void => void process.stdout.write(`${label.padEnd(15)}│ ${line}\n`);
  await runUntilSignal(
    async (lifecycle) => {
      const giveUp = new AbortController();
      const starting = startDistributed({
        signal: giveUp.signal,
        folder: process.cwd(),
        databaseUrl: DATABASE_URL,
        redisUrl: REDIS_URL,
        secretKey,
        replicas,
        firstPort,
        stripePort: environment.STRIPE_EMULATOR_PORT,
        settings,
        onLine: print,
        onDeath: (label, reason) => print(label, `ended by itself: ${reason}. The others go on.`),
      });
      const stop = async (): Promise<void> => {
        giveUp.abort();
        const started = await starting.catch(() => undefined);
        await started?.stop();
      };
      lifecycle.own('services', stop, 40_000);
      const running = await starting;
      const list = running.processes.map(({ label, origin, pid }) => `  ${label.padEnd(15)} ${origin}  process ${pid}`);
      process.stdout.write(
        `\nTutorgraph is ready: ${running.gateways.join(' and ')}\n${list.join('\n')}\nCtrl-C stops.\n\n`,
      );
      return { logger: createLogger({ service: 'start', level: 'warn' }) };
    },
    { drainMs: 45_000 },
  );
}

await main().catch(fatal);
