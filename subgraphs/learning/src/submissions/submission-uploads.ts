import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { Refusal, type RefusalItem } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import type { LearningErrorCode } from '../errors.js';
import type { WantedFile } from './submission-input.rules.js';

const upload = z.object({
  ownerId: z.string(),
  kind: z.enum(['ATTACHMENT', 'DOCUMENT']),
  contentType: z.string(),
  size: z.number().int(),
  storageKey: z.string(),
});
const owned = upload.pick({ ownerId: true });

/** A checked file that goes with a submission. */
export interface UploadedFile {
  id: string;
  name: string;
  contentType: string;
  size: number;
  key: string;
}

/**
 * Asks accounts for files that somebody has uploaded. Whose upload is another's does not exist for them.
 *
 * @param wanted the files with their places in the input
 * @throws Refusal UPLOAD_NOT_FOUND, UPLOAD_NOT_USABLE for each that cannot be taken; SERVICE_UNAVAILABLE
 */
export async function uploadedFiles(
  graph: GraphClient,
  userId: string,
  wanted: ReadonlyMap<number, WantedFile>,
): Promise<UploadedFile[]> {
  if (wanted.size === 0) return [];
  const ids = [...wanted.values()].map(({ uploadId }) => uploadId);
  const known = await graph.entities('accounts', 'Upload', ids, Object.keys(upload.shape));
  const refused: RefusalItem<LearningErrorCode>[] = [];
  const files = [...wanted].flatMap(([index, { uploadId: id, name }]) => {
    const found = known.get(id);
    const isTheirs = owned.safeParse(found).data?.ownerId === userId;
    const usable = isTheirs ? upload.safeParse(found).data : undefined;
    if (usable) {
      const { contentType, size, storageKey: key } = usable;
      return [{ id, name: name ?? `homework-${index + 1}.${contentType.split('/')[1]}`, contentType, size, key }];
    }
    const field = ['input', 'files', String(index), 'uploadId'];
    refused.push({ code: isTheirs ? 'UPLOAD_NOT_USABLE' : 'UPLOAD_NOT_FOUND', field });
    return [];
  });
  if (refused.length > 0) throw new Refusal(refused);
  return files;
}
