import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import type { LearningErrorCode } from '../errors.js';

const upload = z.object({
  ownerId: z.string(),
  kind: z.literal('RECORDING'),
  contentType: z.string(),
  size: z.number().int(),
  storageKey: z.string(),
});
const owned = upload.pick({ ownerId: true });

/** A checked file with speech in it. */
export interface UploadedRecording {
  contentType: string;
  size: number;
  key: string;
}

/**
 * Asks accounts for a recording that somebody has uploaded. Whose upload is another's does not exist for them.
 *
 * @throws Refusal UPLOAD_NOT_FOUND, RECORDING_NOT_USABLE; SERVICE_UNAVAILABLE
 */
export async function uploadedRecording(graph: GraphClient, userId: string, id: string): Promise<UploadedRecording> {
  const found = (await graph.entities('accounts', 'Upload', [id], Object.keys(upload.shape))).get(id);
  const field = ['input', 'uploadId'];
  if (owned.safeParse(found).data?.ownerId !== userId) throw new Refusal<LearningErrorCode>('UPLOAD_NOT_FOUND', field);
  const { data } = upload.safeParse(found);
  if (!data) throw new Refusal<LearningErrorCode>('RECORDING_NOT_USABLE', field);
  const { contentType, size, storageKey: key } = data;
  return { contentType, size, key };
}
