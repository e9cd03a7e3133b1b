import { join } from 'node:path';
import { type Logger, silentLogger } from '@tutorgraph/kit/telemetry/logger';
import type { FastifyInstance } from 'fastify';
import { Engine } from './engine.js';
import { registerControl } from './faults/control.js';
import { RequestFaults } from './faults/request-faults.js';
import { WebhookFaults } from './faults/webhook-faults.js';
import { createServer } from './http/server.js';
import { resources } from './resources/resources.js';
import { Journal } from './store/journal.js';
import { Store } from './store/store.js';
import { Deliveries, RETRY_DELAYS_MS } from './webhooks/deliveries.js';
import { setWebhooks, type Webhook } from './webhooks/endpoints.js';

/** How an emulator is made. */
export interface StripeEmulatorOptions {
  /** Where state is kept, in the folder `stripe`. @default memory only */
  dataDir?: string;
  /** @default 'sk_test_emulator' */
  secretKey?: string;
  /** Where pages are, when not where it listens: behind a proxy or a container's port. */
  publicUrl?: string;
  /** Where events go to, besides endpoints that are made over the API. @default as they were set before */
  webhooks?: readonly Webhook[];
  /** How long is waited after each failed delivery of an event; then it is given up. @default 1 s to a day, nine times */
  webhookRetryDelaysMs?: readonly number[];
  /** @default silent */
  logger?: Logger;
  /** The machine's time in milliseconds. @default Date.now */
  now?: () => number;
}

/** What goes wrong on demand. */
export interface EmulatorFaults {
  requests: RequestFaults;
  webhooks: WebhookFaults;
}

/** A Stripe to try payments on. */
export interface StripeEmulator {
  app: FastifyInstance;
  engine: Engine;
  store: Store;
  faults: EmulatorFaults;
  /** Serves. @param where port 0 lets the system choose @returns where it is, such as `http://127.0.0.1:12111` */
  listen(where?: { host?: string; port?: number }): Promise<string>;
  /** Sends events to these places instead of those that were set so before. */
  setWebhooks(webhooks: readonly Webhook[]): void;
  /** Sends at once all events that wait: for a retry, a delay, the end of a pause. Resolves when all were sent. */
  flushWebhooks(): Promise<void>;
  /** Moves the clock and does what comes due by then. @param now unix seconds */
  setTime(now: number): void;
  /** Moves the clock forward. */
  advance(seconds: number): void;
  close(): Promise<void>;
}

/** Makes an emulator; nothing is served or sent before it listens. */
export function createStripeEmulator(options: StripeEmulatorOptions = {}): StripeEmulator {
  const { dataDir, secretKey = 'sk_test_emulator', logger = silentLogger, now = Date.now } = options;
  const store = new Store(dataDir === undefined ? undefined : new Journal(join(dataDir, 'stripe')));
  const engine = new Engine(store, resources, logger, now);
  const faults = { requests: new RequestFaults(), webhooks: new WebhookFaults() };
  const deliveries = new Deliveries(engine, faults.webhooks, options.webhookRetryDelaysMs ?? RETRY_DELAYS_MS);
  const app = createServer({ engine, resources, secretKey, faults: faults.requests, logger });
  const direct = (webhooks: readonly Webhook[]) => engine.transact((tx) => setWebhooks(tx, webhooks));
  if (options.webhooks) direct(options.webhooks);
  const emulator: StripeEmulator = {
    app,
    engine,
    store,
    faults,
    listen: async ({ host = '127.0.0.1', port = 0 } = {}) => {
      const origin = await app.listen({ host, port });
      engine.publicUrl = options.publicUrl ?? origin;
      deliveries.start();
      engine.scheduler.start();
      return origin;
    },
    setWebhooks: direct,
    flushWebhooks: () => deliveries.flush(),
    setTime: (moment) => engine.setTime(moment),
    advance: (seconds) => engine.setTime(engine.clock.now() + seconds),
    close: async () => {
      engine.scheduler.stop();
      deliveries.stop();
      await app.close();
      store.close();
    },
  };
  registerControl(emulator, secretKey);
  return emulator;
}
