import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { userUpdated } from '../events.js';
import type { removeFilesJob } from '../jobs/remove-files.job.js';
import { User } from '../users/user.entity.js';
import { lockUserAlone } from '../users/user.lock.js';
import type { AccountErrorCode } from '../users/user.types.js';
import { deleteUploadOfFile, findOwnUpload } from './upload.repository.js';
import { objectKeys, squareKey } from './upload-kinds.js';

const PIXELS = { SMALL: 64, MEDIUM: 256, LARGE: 512 } as const;
const DAY_SECONDS = 24 * 60 * 60;
const UPLOAD_ID = ['input', 'uploadId'];

/** People's pictures. Whoever may see the name may see the picture, so that its address may last and be shared. */
export class AvatarService {
  constructor(
    private readonly storage: ObjectStorage,
    private readonly removeFiles: ReturnType<typeof removeFilesJob>,
  ) {}

  /** An address that is good for six days at least and the same for everybody for a day, so that caches keep it. */
  url(storageKey: string, size: keyof typeof PIXELS): Promise<string> {
    const lasting = { expiresInSeconds: 7 * DAY_SECONDS, stableForSeconds: DAY_SECONDS };
    return this.storage.signGet(squareKey(storageKey, PIXELS[size]), lasting);
  }

  /**
   * Makes a confirmed upload the viewer's picture; the one before is removed. Repeating it changes nothing.
   *
   * @throws Refusal UPLOAD_NOT_FOUND, UPLOAD_NOT_CONFIRMED
   */
  async set(context: RequestContext, uploadId: string): Promise<User> {
    const { userId } = context.user;
    return transaction(context.em, async (tx) => {
      const user = await this.lockUser(tx, userId);
      const upload = await findOwnUpload(tx, uploadId, userId);
      if (upload?.kind !== 'AVATAR') throw new Refusal<AccountErrorCode>('UPLOAD_NOT_FOUND', UPLOAD_ID);
      if (upload.status !== 'CONFIRMED') throw new Refusal<AccountErrorCode>('UPLOAD_NOT_CONFIRMED', UPLOAD_ID);
      return this.replace(tx, user, upload.storageKey ?? null);
    });
  }

  /** Takes the viewer's picture away. Repeating it changes nothing. */
  async remove(context: RequestContext): Promise<User> {
    const { userId } = context.user;
    return transaction(context.em, async (tx) => this.replace(tx, await this.lockUser(tx, userId), null));
  }

  private async lockUser(tx: EntityManager, userId: string): Promise<User> {
    await lockUserAlone(tx, userId);
    const user = await tx.findOne(User, { id: userId }, { refresh: true });
    if (!user) throw unauthenticated();
    return user;
  }

  private async replace(tx: EntityManager, user: User, storageKey: string | null): Promise<User> {
    const before = user.avatarKey;
    if (before === storageKey) return user;
    user.avatarKey = storageKey;
    user.updatedAt = new Date();
    recordEvent(tx, userUpdated.create({ subject: user.id, data: {} }));
    if (before) {
      await deleteUploadOfFile(tx, user.id, before);
      await enqueue(tx, this.removeFiles, { keys: objectKeys('AVATAR', before) });
    }
    return user;
  }
}
