import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import type { AccountErrorCode } from '../users/user.types.js';
import { Upload } from './upload.entity.js';
import { newRawKey } from './upload.repository.js';
import { PUT_WITHIN_SECONDS, uploadRequest } from './upload.rules.js';
import { objectKeys, rulesOf, ruleValues, type UploadKind } from './upload-kinds.js';

const SHOWN_FOR_SECONDS = 15 * 60;

/** A place to put one file, for a while. */
export interface UploadPlace {
  upload: Upload;
  url: string;
  headers: Readonly<Record<string, string>>;
  expiresAt: Date;
}

/** Files that people bring. */
export class UploadService {
  constructor(private readonly storage: ObjectStorage) {}

  /**
   * Gives the viewer a place to put one file.
   *
   * @throws Refusal INVALID_INPUT, FILE_TYPE_NOT_ALLOWED, FILE_TOO_LARGE
   */
  async request(context: RequestContext, input: { kind: UploadKind; contentType: string; size: number }) {
    const { userId } = context.user;
    const { contentType, size } = accept(uploadRequest, input, context.locale);
    assertAllowed(input.kind, contentType, size);
    const createdAt = new Date();
    const rawKey = newRawKey();
    const upload = Object.assign(new Upload(), {
      id: newId(),
      userId,
      kind: input.kind,
      status: 'REQUESTED' as const,
      contentType,
      size,
      rawKey,
      storageKey: null,
      refusal: null,
      createdAt,
      claimedAt: null,
      confirmedAt: null,
    });
    await transaction(context.em, async (tx) => {
      tx.persist(upload);
    });
    const signed = await this.storage.signPut(rawKey, { contentType, size, expiresInSeconds: PUT_WITHIN_SECONDS });
    const expiresAt = new Date(createdAt.getTime() + PUT_WITHIN_SECONDS * 1000);
    return { upload, ...signed, expiresAt } satisfies UploadPlace;
  }

  /** A short-lived address of a checked file, to be saved under a plain name. */
  async url(upload: Pick<Upload, 'kind' | 'status' | 'storageKey' | 'contentType'>): Promise<string | null> {
    if (upload.status !== 'CONFIRMED' || !upload.storageKey) return null;
    const [key = upload.storageKey] = objectKeys(upload.kind, upload.storageKey);
    const downloadName = `${upload.kind.toLowerCase()}.${upload.contentType.split('/')[1]}`;
    return this.storage.signGet(key, { expiresInSeconds: SHOWN_FOR_SECONDS, downloadName });
  }
}

function assertAllowed(kind: UploadKind, contentType: string, size: number): void {
  const { contentTypes, maxBytes } = rulesOf(kind);
  const refuse = (code: AccountErrorCode, field: string): never => {
    throw new Refusal<AccountErrorCode>([{ code, field: ['input', field], values: ruleValues(kind) }]);
  };
  if (!contentTypes.some((allowed) => allowed === contentType)) refuse('FILE_TYPE_NOT_ALLOWED', 'contentType');
  if (size > maxBytes) refuse('FILE_TOO_LARGE', 'size');
}
