import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { serviceUnavailable } from '@tutorgraph/kit/graphql/errors';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import type { AccountErrorCode } from '../users/user.types.js';
import { type CheckedFile, checkFile } from './file-check.js';
import type { Upload } from './upload.entity.js';
import {
  type CheckResult,
  type Claim,
  claimUpload,
  findOwnUpload,
  releaseStaleClaim,
  settleClaim,
} from './upload.repository.js';
import { confirmationStep, type FinalRefusal, finalRefusals } from './upload.rules.js';
import { objectKeys, ruleValues } from './upload-kinds.js';

/** Images are unpacked in memory: so many at once, and so many that wait. */
const CHECKED_AT_ONCE = 2;
const MOST_WAITING = 50;
const LOOK_EVERY_MS = 200;
const WAIT_FOR_OTHERS_MS = 5_000;
const UPLOAD_ID = ['input', 'uploadId'];

/**
 * Checks what people put, and keeps what is made of it under a new key. Whoever claims an upload checks it; others who
 * confirm it at the same time wait for the result. A claim is committed before the file is touched and names the keys to
 * which it writes, so that whoever takes over from a process that died knows what to remove.
 */
export class ConfirmationService {
  private readonly slots = bulkhead(CHECKED_AT_ONCE, MOST_WAITING);

  constructor(private readonly storage: ObjectStorage) {}

  /**
   * Confirms the viewer's upload; repeating it gives the same result.
   *
   * @throws Refusal UPLOAD_NOT_FOUND, UPLOAD_NOT_RECEIVED, UPLOAD_BEING_CHECKED, FILE_TOO_LARGE, and what
   * {@link checkFile} says; SERVICE_UNAVAILABLE when the storage does not answer: then nothing is decided
   */
  async confirm(context: RequestContext, uploadId: string): Promise<Upload> {
    const giveUpAt = Date.now() + WAIT_FOR_OTHERS_MS;
    for (;;) {
      const upload = await findOwnUpload(context.em, uploadId, context.user.userId);
      if (!upload) throw new Refusal<AccountErrorCode>('UPLOAD_NOT_FOUND', UPLOAD_ID);
      const step = confirmationStep(upload, new Date());
      if (step === 'done') return upload;
      if (step === 'refused') throw refused(upload);
      if (step === 'check') await this.check(context, upload);
      else if (step === 'take over') await releaseStaleClaim(context.em, upload);
      else if (Date.now() >= giveUpAt) throw new Refusal<AccountErrorCode>('UPLOAD_BEING_CHECKED', UPLOAD_ID);
      else await delay(LOOK_EVERY_MS);
    }
  }

  /** Checks an upload unless another does; how it ended is in the database. */
  private async check(context: RequestContext, upload: Upload): Promise<void> {
    if (upload.storageKey) await this.storage.remove(objectKeys(upload.kind, upload.storageKey));
    const claim = await claimUpload(context.em, upload, new Date());
    if (!claim) return;
    try {
      const { contentType, size } = await this.keepChecked(claim);
      await this.settle(context, claim, { status: 'CONFIRMED', contentType, size, confirmedAt: new Date() });
    } catch (error) {
      const refusal = finalRefusalOf(error);
      await this.settle(context, claim, refusal ? { status: 'REFUSED', refusal } : { status: 'REQUESTED' });
      if (!refusal) throw error;
    }
  }

  private async keepChecked({ upload, storageKey }: Claim): Promise<CheckedFile> {
    const { kind, contentType } = upload;
    const checked = await this.slots
      .execute(async () => checkFile(await this.received(upload), { kind, contentType, storageKey }))
      .catch((error: unknown) => {
        if (!(error instanceof BulkheadRejectedError)) throw error;
        throw serviceUnavailable('Too many files are being checked; try again in a minute', error);
      });
    for (const { key, body, contentType: type } of checked.objects) {
      await this.storage.put(key, body, { contentType: type });
    }
    return checked;
  }

  /** What the client put. The storage bound type and size; not every storage can be trusted with that. */
  private async received({ rawKey, size }: Upload): Promise<Uint8Array> {
    const found = rawKey ? await this.storage.head(rawKey) : undefined;
    if (!rawKey || !found) throw new Refusal<AccountErrorCode>('UPLOAD_NOT_RECEIVED', UPLOAD_ID);
    if (found.size > size) throw new Refusal<FinalRefusal>('FILE_TOO_LARGE');
    return readAtMost(await this.storage.get(rawKey), size);
  }

  /** Stores the end of a check, then removes what is not needed any more; the purge job does what fails here. */
  private async settle(context: RequestContext, claim: Claim, result: CheckResult): Promise<void> {
    const { upload, storageKey } = claim;
    const isStored = await settleClaim(context.em, claim, result);
    const isDecided = isStored && result.status !== 'REQUESTED';
    const isKept = isStored && result.status === 'CONFIRMED';
    const unneeded = [
      ...(isKept ? [] : objectKeys(upload.kind, storageKey)),
      ...(isDecided && upload.rawKey ? [upload.rawKey] : []),
    ];
    await this.storage.remove(unneeded).catch(() => undefined);
  }
}

function refused({ kind, refusal }: Upload): Refusal<AccountErrorCode> {
  const code = refusal ?? 'FILE_DAMAGED';
  return new Refusal<AccountErrorCode>([{ code, field: UPLOAD_ID, values: ruleValues(kind) }]);
}

function finalRefusalOf(error: unknown): FinalRefusal | undefined {
  const code = error instanceof Refusal ? error.items[0]?.code : undefined;
  return finalRefusals.find((final) => final === code);
}

async function readAtMost(file: Readable, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > most) throw new Refusal<FinalRefusal>('FILE_TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
