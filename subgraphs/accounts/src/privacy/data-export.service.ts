import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { recordAudit } from '../audit/audit.repository.js';
import { dataExportRequested } from '../events.js';
import type { AccountErrorCode } from '../users/user.types.js';
import type { DataExport } from './data-export.entity.js';
import {
  createExport,
  findOwnExport,
  findOwnExports,
  findPendingExport,
  hasExportSince,
  partsOfExports,
} from './data-export.repository.js';
import { EXPORT_EVERY_MS, progressOf, URL_SECONDS } from './data-export.rules.js';
import { lockOwnAccount } from './own-account.js';

/** Archives of everything that is held about somebody. */
export class DataExportService {
  constructor(
    private readonly storage: ObjectStorage,
    private readonly rooms: readonly string[],
  ) {}

  /**
   * Has an archive of the viewer's data gathered from every room; answers the one that is being gathered, if there is.
   *
   * @throws Refusal EXPORT_TOO_EARLY within 24 hours of the last one that was finished
   */
  request(context: RequestContext): Promise<DataExport> {
    return transaction(context.em, async (tx) => {
      const { id: userId } = await lockOwnAccount(tx, context);
      const pending = await findPendingExport(tx, userId);
      if (pending) return pending;
      if (await hasExportSince(tx, userId, new Date(Date.now() - EXPORT_EVERY_MS))) {
        throw new Refusal<AccountErrorCode>('EXPORT_TOO_EARLY');
      }
      const created = createExport(tx, userId, this.rooms);
      recordEvent(tx, dataExportRequested.create({ subject: userId, data: { exportId: created.id } }));
      const details = { exportId: created.id };
      await recordAudit(tx, context, { action: 'DATA_EXPORT_REQUESTED', subjectId: userId, details });
      return created;
    });
  }

  /** A page of the viewer's archives, the newest first. */
  list(context: RequestContext, page: PageRequest): Promise<Connection<DataExport>> {
    return findOwnExports(context.em, context.user.userId, page);
  }

  /** An archive of the viewer; null for a stranger's. */
  find(context: RequestContext, id: string): Promise<DataExport | null> {
    return findOwnExport(context.em, context.user.userId, id);
  }

  /** How far an archive is, from 0 to 1. */
  async progress(
    context: RequestContext,
    { id, status, rooms }: Pick<StoredArchive, 'id' | 'status' | 'rooms'>,
  ): Promise<number> {
    return progressOf(status, await context.loader(partsOfExports).load(id), rooms);
  }

  /** Where an archive can be had for 15 minutes; null when it cannot. */
  async url({ status, storageKey, expiresAt }: StoredArchive): Promise<string | null> {
    if (status !== 'READY' || !storageKey || !expiresAt || expiresAt <= new Date()) return null;
    return this.storage.signGet(storageKey, { expiresInSeconds: URL_SECONDS, downloadName: 'tutorgraph-data.zip' });
  }
}

interface StoredArchive {
  id: string;
  status: DataExport['status'];
  rooms: number;
  storageKey: string | null;
  expiresAt: Date | null;
}
