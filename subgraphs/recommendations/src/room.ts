import 'reflect-metadata';
import type { RoomDefinition } from '@tutorgraph/kit/room/room';
import { createRecommendations } from './app.js';
import { database } from './database.js';
import { readRecommendationsEnvironment } from './environment.js';
import { events } from './events.js';
import { liveKeys } from './live-keys.js';
import { permissions } from './permissions.js';
import { recommendationsPrivacy } from './privacy/recommendations-privacy.js';
import { schema } from './schema.js';

/** The recommendations room, for whatever runs or describes it. */
export const room = {
  name: 'recommendations',
  port: 4006,
  database,
  schema,
  events,
  permissions,
  privacy: recommendationsPrivacy,
  messages: new URL('./messages/', import.meta.url),
  liveKeys,
  demo: async () => (await import('./demo/demo.js')).demo,
  readSettings: readRecommendationsEnvironment,
  create: createRecommendations,
} satisfies RoomDefinition;
