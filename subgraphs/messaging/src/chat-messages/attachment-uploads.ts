import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { Refusal, type RefusalItem } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import type { MessagingErrorCode } from '../errors.js';
import type { NewMessage } from './chat-message.rules.js';

const upload = z.object({
  ownerId: z.string(),
  kind: z.string(),
  contentType: z.string(),
  size: z.number().int(),
  storageKey: z.string().nullable(),
});
const FIELDS = Object.keys(upload.shape);

/** A checked file that goes with a message. */
export interface AttachedFile {
  id: string;
  name: string;
  contentType: string;
  size: number;
  key: string;
}

/**
 * Asks accounts for files that somebody has uploaded for messages. Whose upload is another's does not exist for them.
 *
 * @throws Refusal UPLOAD_NOT_FOUND, UPLOAD_NOT_USABLE for each that cannot be taken; SERVICE_UNAVAILABLE
 */
export async function attachedFiles(
  graph: GraphClient,
  userId: string,
  wanted: NewMessage['attachments'],
): Promise<AttachedFile[]> {
  const ids = wanted.map(({ uploadId }) => uploadId);
  const found = await graph.entities('accounts', 'Upload', ids, FIELDS);
  const files: AttachedFile[] = [];
  const refused: RefusalItem<MessagingErrorCode>[] = [];
  for (const [index, { uploadId: id, name }] of wanted.entries()) {
    const field = ['input', 'attachments', String(index), 'uploadId'];
    const known = upload.safeParse(found.get(id)).data;
    if (known?.ownerId !== userId) refused.push({ code: 'UPLOAD_NOT_FOUND', field });
    else if (known.kind !== 'ATTACHMENT' || !known.storageKey || ids.indexOf(id) !== index) {
      refused.push({ code: 'UPLOAD_NOT_USABLE', field });
    } else {
      const { contentType, size, storageKey: key } = known;
      files.push({ id, name: name ?? plainName(contentType, index), contentType, size, key });
    }
  }
  if (refused.length > 0) throw new Refusal(refused);
  return files;
}

function plainName(contentType: string, index: number): string {
  return `file-${index + 1}.${contentType.slice(contentType.indexOf('/') + 1)}`;
}
