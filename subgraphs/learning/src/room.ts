import 'reflect-metadata';
import type { RoomDefinition } from '@tutorgraph/kit/room/room';
import { createLearning } from './app.js';
import { database } from './database.js';
import { readLearningEnvironment } from './environment.js';
import { events } from './events.js';
import { liveKeys } from './live-keys.js';
import { permissions } from './permissions.js';
import { learningPrivacy } from './privacy/learning-privacy.js';
import { schema } from './schema.js';

/** The learning room, for whatever runs or describes it. */
export const room = {
  name: 'learning',
  port: 4005,
  database,
  schema,
  events,
  permissions,
  privacy: learningPrivacy,
  messages: new URL('./messages/', import.meta.url),
  liveKeys,
  demo: async () => (await import('./demo/demo.js')).demo,
  readSettings: readLearningEnvironment,
  create: createLearning,
} satisfies RoomDefinition;
