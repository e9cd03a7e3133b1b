import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { endExportsJob } from '../jobs/end-exports.job.js';
import { eraseAccountsJob } from '../jobs/erase-accounts.job.js';
import { packExportJob } from '../jobs/pack-export.job.js';
import { removeExportFilesJob } from '../jobs/remove-export-files.job.js';
import { repeatErasureJob } from '../jobs/repeat-erasure.job.js';
import type { NoticeService } from '../notices/notice.service.js';
import { AccountDeletionResolver } from './account-deletion.resolver.js';
import { AccountDeletionService } from './account-deletion.service.js';
import { ConsentResolver } from './consent.resolver.js';
import { ConsentService } from './consent.service.js';
import { DataExportResolver } from './data-export.resolver.js';
import { DataExportService } from './data-export.service.js';
import { privacyAnswers } from './privacy-answers.js';

/** Wires consents, archives of one's own data, and deleting one's account. */
export function createPrivacy(
  { orm: { em }, storage, rooms }: Pick<RoomTools, 'orm' | 'storage' | 'rooms'>,
  notices: NoticeService,
) {
  const removeFiles = removeExportFilesJob(storage);
  const repeatErasure = repeatErasureJob(em);
  const packExport = packExportJob(em, storage, notices);
  return {
    resolvers: [
      new ConsentResolver(new ConsentService()),
      new DataExportResolver(new DataExportService(storage, rooms)),
      new AccountDeletionResolver(new AccountDeletionService(notices)),
    ],
    jobs: [
      removeFiles,
      packExport,
      endExportsJob(em, notices, removeFiles),
      repeatErasure,
      eraseAccountsJob(em, rooms, repeatErasure),
    ],
    consumers: privacyAnswers(rooms, { packExport, removeFiles }),
  } satisfies RoomParts;
}
