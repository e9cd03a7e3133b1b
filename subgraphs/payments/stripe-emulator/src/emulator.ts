import { join } from 'node:path';
import { type Logger, silentLogger } from '@tutorgraph/kit/telemetry/logger';
import type { FastifyInstance } from 'fastify';
import { Engine } from './engine.js';
import { RequestFaults } from './faults/request-faults.js';
import { createServer } from './http/server.js';
import { resources } from './resources/resources.js';
import { Journal } from './store/journal.js';
import { Store } from './store/store.js';

/** How an emulator is made. */
export interface StripeEmulatorOptions {
  /** Where state is kept, in the folder `stripe`. @default memory only */
  dataDir?: string;
  /** @default 'sk_test_emulator' */
  secretKey?: string;
  /** Where pages are, when not where it listens: behind a proxy or a container's port. */
  publicUrl?: string;
  /** @default silent */
  logger?: Logger;
  /** The machine's time in milliseconds. @default Date.now */
  now?: () => number;
}

/** A Stripe to try payments on. */
export interface StripeEmulator {
  app: FastifyInstance;
  engine: Engine;
  store: Store;
  faults: RequestFaults;
  /** Serves. @param where port 0 lets the system choose @returns where it is, such as `http://127.0.0.1:12111` */
  listen(where?: { host?: string; port?: number }): Promise<string>;
  close(): Promise<void>;
}

/** Makes an emulator; nothing happens before it listens. */
export function createStripeEmulator(options: StripeEmulatorOptions = {}): StripeEmulator {
  const { dataDir, secretKey = 'sk_test_emulator', logger = silentLogger, now = Date.now } = options;
  const store = new Store(dataDir === undefined ? undefined : new Journal(join(dataDir, 'stripe')));
  const engine = new Engine(store, resources, logger, now);
  const faults = new RequestFaults();
  const app = createServer({ engine, resources, secretKey, faults, logger });
  return {
    app,
    engine,
    store,
    faults,
    listen: async ({ host = '127.0.0.1', port = 0 } = {}) => {
      const origin = await app.listen({ host, port });
      engine.publicUrl = options.publicUrl ?? origin;
      engine.scheduler.start();
      return origin;
    },
    close: async () => {
      engine.scheduler.stop();
      await app.close();
      store.close();
    },
  };
}
