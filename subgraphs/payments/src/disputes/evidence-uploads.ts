import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import type { DisputeErrorCode } from './dispute.payloads.js';
import type { EvidenceInput } from './evidence.operation.js';
import { EVIDENCE_FILE_TYPES, type EvidenceFile, MOST_EVIDENCE_BYTES } from './evidence.rules.js';

const upload = z.object({
  ownerId: z.string(),
  kind: z.string(),
  contentType: z.string(),
  size: z.number().int(),
  storageKey: z.string().nullable(),
});

/**
 * Asks accounts for files that a member of staff has uploaded.
 *
 * @throws Refusal UPLOAD_NOT_FOUND, UPLOAD_NOT_USABLE; SERVICE_UNAVAILABLE
 */
export async function evidenceUploads(
  graph: GraphClient,
  userId: string,
  wanted: readonly { kind: EvidenceFile; uploadId: string }[],
): Promise<EvidenceInput['files']> {
  const ids = wanted.map(({ uploadId }) => uploadId);
  const found = await graph.entities('accounts', 'Upload', ids, [
    'ownerId',
    'kind',
    'contentType',
    'size',
    'storageKey',
  ]);
  let bytes = 0;
  return wanted.map(({ kind, uploadId }, index) => {
    const field = ['input', 'files', String(index), 'uploadId'];
    const known = upload.safeParse(found.get(uploadId)).data;
    if (known?.ownerId !== userId) throw new Refusal<DisputeErrorCode>('UPLOAD_NOT_FOUND', field);
    const { contentType, storageKey, size } = known;
    bytes += size;
    const isFit =
      known.kind === 'DOCUMENT' && EVIDENCE_FILE_TYPES.includes(contentType) && bytes <= MOST_EVIDENCE_BYTES;
    if (!isFit || !storageKey) throw new Refusal<DisputeErrorCode>('UPLOAD_NOT_USABLE', field);
    return { kind, storageKey, contentType };
  });
}
