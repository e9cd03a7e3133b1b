import 'reflect-metadata';
import type { RoomDefinition } from '@tutorgraph/kit/room/room';
import { createAccounts } from './app.js';
import { database } from './database.js';
import { readAccountsEnvironment } from './environment.js';
import { events } from './events.js';
import { permissions } from './permissions.js';
import { accountsPrivacy } from './privacy/accounts-privacy.js';
import { schema } from './schema.js';

/** The accounts room, for whatever runs or describes it. */
export const room = {
  name: 'accounts',
  port: 4001,
  database,
  schema,
  events,
  permissions,
  privacy: accountsPrivacy,
  messages: new URL('./messages/', import.meta.url),
  liveKeys: () => [],
  broadcasts: { sameForAll: { User: ['displayName', 'avatarUrl'] } },
  readSettings: readAccountsEnvironment,
  create: createAccounts,
  demo: async () => (await import('./demo/demo.js')).demo,
} satisfies RoomDefinition;
