import { commonSettings, flag, port, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';
import { type GatewayEnvironment, readGatewayEnvironment } from '../environment.js';

/** Settings of the process that runs everything. */
export interface SingleProcessEnvironment {
  gateway: GatewayEnvironment;
  /** Where the embedded database and the generated secret are. */
  dataDir: string;
  /** A PostgreSQL server instead of the embedded database. */
  databaseUrl?: string;
  redisUrl: string | undefined;
  logLevel: string;
  /** Is there a Stripe that payments uses? Without one the emulator is started; production takes no other than a real one. */
  hasStripe: boolean;
  /** The emulator's port, if nobody uses it. */
  stripePort: number;
  /** Fill an empty database with demo data and offer its users in the playground. */
  demo: boolean;
}

/** @throws EnvironmentError that names every problem */
export function readSingleProcessEnvironment(source: Record<string, string | undefined>): SingleProcessEnvironment {
  const gateway = readGatewayEnvironment({ JWKS_URL: 'http://127.0.0.1/unused', ...source });
  const read = readEnvironment(
    {
      ...commonSettings,
      DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
      STRIPE_SECRET_KEY: z.string().optional(),
      STRIPE_EMULATOR_PORT: port.default(12_111),
      DEMO: flag.default(!gateway.production),
    },
    source,
  );
  return {
    gateway,
    dataDir: read.DATA_DIR,
    ...(read.DATABASE_URL && { databaseUrl: read.DATABASE_URL }),
    redisUrl: read.REDIS_URL,
    // At a terminal the address is what one waits for, not a log.
    logLevel: source['LOG_LEVEL'] ? read.LOG_LEVEL : gateway.production ? 'info' : 'warn',
    hasStripe: gateway.production || read.STRIPE_SECRET_KEY !== undefined,
    stripePort: read.STRIPE_EMULATOR_PORT,
    demo: read.DEMO,
  };
}
