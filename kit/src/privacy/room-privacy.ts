import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { defineEvent, type EventType } from '../events/event.js';
import type { ObjectStorage } from '../storage/object-storage.js';

/** A file that belongs to somebody. */
export interface PersonalFile {
  /** What it is called in the archive; unique in its room. */
  name: string;
  /** Where it is in the storage. */
  key: string;
}

/** What a room holds about one person, for their eyes. */
export interface PersonalData {
  /** JSON-safe, by what it is about; nothing of other people but their ids. */
  sections: Readonly<Record<string, unknown>>;
  files?: readonly PersonalFile[];
}

/** What a room does with somebody's data when they ask for it, or to be forgotten. */
export interface RoomPrivacy {
  /** Everything that the room holds about somebody; for whom it does not know, empty sections. */
  collect(em: EntityManager, userId: string): Promise<PersonalData>;
  /** Removes somebody's files; before `erase`, outside any transaction, and repeated when the process dies meanwhile. */
  eraseFiles?(em: EntityManager, storage: ObjectStorage, userId: string): Promise<void>;
  /** Erases or anonymises what the room holds; repeating it changes nothing. Keep what others need and names nobody. */
  erase(tx: EntityManager, userId: string): Promise<void>;
}

/** The stream on which people ask for their data and to be forgotten: the room's that owns people. */
export const PRIVACY_STREAM = 'accounts';
/** Somebody wants their data; the subject is the user, the data `{ exportId }`. */
export const EXPORT_REQUESTED = 'tutorgraph.accounts.data-export.requested.v1';
/** Somebody is to be forgotten; the subject is the user. */
export const ACCOUNT_ERASED = 'tutorgraph.accounts.account.erased.v1';

/** What says which archive it is about. */
export const ofExport = z.object({ exportId: z.uuid() });
const nothing = z.object({});

/** What a room says when it has done its part; every room's list of events names both. */
export interface PrivacyEvents {
  collected: EventType<typeof ofExport>;
  erased: EventType<typeof nothing>;
}

/** The events by which a room tells that it has collected or erased its part of somebody. */
export function privacyEvents(room: string): PrivacyEvents {
  return {
    collected: defineEvent({
      type: `tutorgraph.${room}.personal-data.collected.v1`,
      description: "This room's part of somebody's archive is in the storage. Subject: the user.",
      data: ofExport,
    }),
    erased: defineEvent({
      type: `tutorgraph.${room}.personal-data.erased.v1`,
      description: 'This room holds nothing any longer by which somebody could be known. Subject: the user.',
      data: nothing,
    }),
  };
}

/** Where a room's part of an archive waits for the others: {@link PersonalData} as JSON. */
export function exportPartKey(exportId: string, room: string): string {
  return `exports/${exportId}/parts/${room}.json`;
}
