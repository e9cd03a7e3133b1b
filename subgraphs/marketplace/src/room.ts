import 'reflect-metadata';
import type { RoomDefinition } from '@tutorgraph/kit/room/room';
import { createMarketplace } from './app.js';
import { database } from './database.js';
import { readMarketplaceEnvironment } from './environment.js';
import { events } from './events.js';
import { liveKeys } from './live-keys.js';
import { permissions } from './permissions.js';
import { marketplacePrivacy } from './privacy/marketplace-privacy.js';
import { schema } from './schema.js';

/** The marketplace room, for whatever runs or describes it. */
export const room = {
  name: 'marketplace',
  port: 4002,
  database,
  schema,
  events,
  permissions,
  privacy: marketplacePrivacy,
  messages: new URL('./messages/', import.meta.url),
  liveKeys,
  readSettings: readMarketplaceEnvironment,
  create: createMarketplace,
  demo: async () => (await import('./demo/demo.js')).demo,
} satisfies RoomDefinition;
