import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { Refusal, type RefusalItem } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import type { VerificationErrorCode } from './verification.payloads.js';

const upload = z.object({
  ownerId: z.string(),
  kind: z.string(),
  contentType: z.string(),
  size: z.number().int(),
  storageKey: z.string().nullable(),
});

/** A checked file of the person. */
export interface UploadedDocument {
  uploadId: string;
  contentType: string;
  size: number;
  storageKey: string;
}

/**
 * Asks accounts for files that somebody has uploaded. Whose upload is another's does not exist for them.
 *
 * @throws Refusal UPLOAD_NOT_FOUND, UPLOAD_NOT_USABLE for each that cannot be taken; SERVICE_UNAVAILABLE
 */
export async function uploadedDocuments(
  graph: GraphClient,
  userId: string,
  ids: readonly string[],
): Promise<UploadedDocument[]> {
  const fields = ['ownerId', 'kind', 'contentType', 'size', 'storageKey'];
  const found = await graph.entities('accounts', 'Upload', ids, fields);
  const documents: UploadedDocument[] = [];
  const refused: RefusalItem<VerificationErrorCode>[] = [];
  for (const [index, uploadId] of ids.entries()) {
    const field = ['input', 'uploadIds', String(index)];
    const known = upload.safeParse(found.get(uploadId)).data;
    if (known?.ownerId !== userId) refused.push({ code: 'UPLOAD_NOT_FOUND', field });
    else if (known.kind !== 'DOCUMENT' || !known.storageKey) refused.push({ code: 'UPLOAD_NOT_USABLE', field });
    else {
      const { contentType, size, storageKey } = known;
      documents.push({ uploadId, contentType, size, storageKey });
    }
  }
  if (refused.length > 0) throw new Refusal(refused);
  return documents;
}
