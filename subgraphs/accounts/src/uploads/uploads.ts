import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { purgeUploadsJob } from '../jobs/purge-uploads.job.js';
import { removeFilesJob } from '../jobs/remove-files.job.js';
import { AvatarResolver } from './avatar.resolver.js';
import { AvatarService } from './avatar.service.js';
import { ConfirmationService } from './confirmation.service.js';
import { UploadResolver } from './upload.resolver.js';
import { UploadService } from './upload.service.js';

/** Wires what has to do with files. */
export function createUploads({ orm, storage }: Pick<RoomTools, 'orm' | 'storage'>) {
  const removeFiles = removeFilesJob(storage);
  return {
    resolvers: [
      new UploadResolver(new UploadService(storage), new ConfirmationService(storage)),
      new AvatarResolver(new AvatarService(storage, removeFiles)),
    ],
    jobs: [removeFiles, purgeUploadsJob(orm.em, storage)],
  } satisfies RoomParts;
}
