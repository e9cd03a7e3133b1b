import 'reflect-metadata';
import type { RoomDefinition } from '@tutorgraph/kit/room/room';
import { createPayments } from './app.js';
import { database } from './database.js';
import { readPaymentsEnvironment } from './environment.js';
import { events } from './events.js';
import { liveKeys } from './live-keys.js';
import { permissions } from './permissions.js';
import { paymentsPrivacy } from './privacy/payments-privacy.js';
import { schema } from './schema.js';

/** The payments room, for whatever runs or describes it. */
export const room = {
  name: 'payments',
  port: 4003,
  database,
  schema,
  events,
  permissions,
  privacy: paymentsPrivacy,
  messages: new URL('./messages/', import.meta.url),
  liveKeys,
  demo: async () => (await import('./demo/demo.js')).demo,
  readSettings: readPaymentsEnvironment,
  create: createPayments,
} satisfies RoomDefinition;
