import type { EntityManager } from '@mikro-orm/postgresql';
import type { EventHandler } from '@tutorgraph/kit/events/consumer';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { privacyEvents } from '@tutorgraph/kit/privacy/room-privacy';
import type { RoomParts } from '@tutorgraph/kit/room/room';
import type { PackExportJob } from '../jobs/pack-export.job.js';
import type { RemoveExportFilesJob } from '../jobs/remove-export-files.job.js';
import { findErasedRooms, insertErasedPart, lockDeletion } from './account-deletion.repository.js';
import { insertPart, lockExport } from './data-export.repository.js';

/** What follows when rooms have collected or erased their part of somebody; a consumer for each room. */
export function privacyAnswers(
  rooms: readonly string[],
  jobs: { packExport: PackExportJob; removeFiles: RemoveExportFilesJob },
): NonNullable<RoomParts['consumers']> {
  return rooms.map((room) => {
    const { collected, erased } = privacyEvents(room);
    const handlers: Record<string, EventHandler> = {
      [collected.type]: {
        apply: async (tx, event) => notePart(tx, collected.parse(event).exportId, room, jobs),
      },
      [erased.type]: { apply: async (tx, { subject }) => noteErased(tx, subject, room) },
    };
    return { name: 'privacy-answers', stream: room, handlers };
  });
}

async function notePart(
  tx: EntityManager,
  exportId: string,
  room: string,
  jobs: { packExport: PackExportJob; removeFiles: RemoveExportFilesJob },
): Promise<void> {
  const archive = await lockExport(tx, exportId);
  // Too late, or of somebody who was erased meanwhile: nobody else would remove it.
  if (archive?.status !== 'PENDING') return enqueue(tx, jobs.removeFiles, { exportId, what: 'PARTS' });
  const received = await insertPart(tx, exportId, room);
  if (received === archive.rooms.length) await enqueue(tx, jobs.packExport, { exportId });
}

async function noteErased(tx: EntityManager, userId: string, room: string): Promise<void> {
  const deletion = await lockDeletion(tx, userId);
  if (!deletion?.erasedAt || !(await insertErasedPart(tx, userId, room))) return;
  const erased = await findErasedRooms(tx, userId);
  if (deletion.rooms.every((name) => erased.has(name))) deletion.completedAt = new Date();
}
