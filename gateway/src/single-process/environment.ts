import { commonSettings, flag, readEnvironment } from '@tutorgraph/kit/environment/environment';
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
    demo: read.DEMO,
  };
}
