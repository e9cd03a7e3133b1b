import { exportPartKey, type PersonalData, type RoomPrivacy } from '@tutorgraph/kit/privacy/room-privacy';
import { eraseFilesOfUser, filesOfUser } from '../uploads/files-of-user.js';
import { collectActivity, collectPrivacy, collectProfile, collectRights } from './collect.repository.js';
import { DataExport } from './data-export.entity.js';
import { archiveKey } from './data-export.rules.js';
import { eraseAccount, eraseTraces } from './erase.repository.js';

/** What accounts holds about somebody, and what is left of it when they are erased. */
export const accountsPrivacy: RoomPrivacy = {
  async collect(em, userId): Promise<PersonalData> {
    const files = await filesOfUser(em, userId);
    return {
      sections: {
        ...(await collectProfile(em, userId)),
        ...(await collectActivity(em, userId)),
        ...(await collectRights(em, userId)),
        ...(await collectPrivacy(em, userId)),
      },
      files: files.map(({ name, key }) => ({ name, key })),
    };
  },

  async eraseFiles(em, storage, userId) {
    await eraseFilesOfUser(em, storage, userId);
    const archives = await em.fork().find(DataExport, { userId }, { fields: ['id', 'rooms'] });
    const keys = archives.flatMap(({ id, rooms }) => [archiveKey(id), ...rooms.map((room) => exportPartKey(id, room))]);
    await storage.remove(keys);
  },

  async erase(tx, userId) {
    await eraseTraces(tx, userId);
    await eraseAccount(tx, userId);
  },
};
