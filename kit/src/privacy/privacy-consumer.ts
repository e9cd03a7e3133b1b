import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions } from '../events/consumer.js';
import { recordEvent } from '../events/outbox.js';
import type { ObjectStorage } from '../storage/object-storage.js';
import {
  ACCOUNT_ERASED,
  EXPORT_REQUESTED,
  exportPartKey,
  ofExport,
  PRIVACY_STREAM,
  privacyEvents,
  type RoomPrivacy,
} from './room-privacy.js';

/** What a room's consumer of people's wishes needs. */
export interface PrivacyConsumerOptions {
  room: string;
  privacy: RoomPrivacy;
  /** The room's own. */
  em: EntityManager;
  storage: ObjectStorage;
}

/**
 * Does a room's part when somebody asks for their data or to be forgotten, and tells so. Personal data goes through the
 * storage, never through events. Redelivered or killed half way, it does the same again: the part is replaced, files that
 * are gone stay gone, and the answer is recorded once, with the effect.
 */
export function privacyConsumer(
  options: PrivacyConsumerOptions,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const { room, privacy, em, storage } = options;
  const { collected, erased } = privacyEvents(room);
  return {
    name: 'privacy',
    stream: PRIVACY_STREAM,
    handlers: {
      [EXPORT_REQUESTED]: {
        prepare: async ({ subject, data }) => {
          const { exportId } = ofExport.parse(data);
          const part = JSON.stringify(await privacy.collect(em.fork(), subject));
          await storage.put(exportPartKey(exportId, room), Buffer.from(part), { contentType: 'application/json' });
        },
        apply: async (tx, { subject, data }) => {
          const { exportId } = ofExport.parse(data);
          recordEvent(tx, collected.create({ subject, data: { exportId } }));
        },
      },
      [ACCOUNT_ERASED]: {
        prepare: async ({ subject }) => privacy.eraseFiles?.(em.fork(), storage, subject),
        apply: async (tx, { subject }) => {
          await privacy.erase(tx, subject);
          recordEvent(tx, erased.create({ subject, data: {} }));
        },
      },
    },
  };
}
