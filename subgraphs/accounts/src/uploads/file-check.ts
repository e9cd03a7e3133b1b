import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { fileTypeFromBuffer } from 'file-type';
import { cleanImage, squareImages } from './image.js';
import { checkPdf } from './pdf.js';
import type { FinalRefusal } from './upload.rules.js';
import { rulesOf, squareKey, type UploadKind } from './upload-kinds.js';

/** What was uploaded as what, and where the checked file goes. */
export interface FileToCheck {
  kind: UploadKind;
  /** What the client said that it is. */
  contentType: string;
  storageKey: string;
}

/** A file that may be stored. */
export interface CheckedFile {
  contentType: string;
  /** In bytes; of several sizes, the largest. */
  size: number;
  objects: { key: string; body: Uint8Array; contentType: string }[];
}

/**
 * Looks at what a file really is and makes of it what its kind's rules say.
 *
 * @throws Refusal FILE_TYPE_NOT_ALLOWED when it is not what was said, FILE_DAMAGED, FILE_PROTECTED, IMAGE_TOO_LARGE
 */
export async function checkFile(bytes: Uint8Array, file: FileToCheck): Promise<CheckedFile> {
  const { contentType, storageKey } = file;
  const rules = rulesOf(file.kind);
  const isAllowed = rules.contentTypes.some((allowed) => allowed === contentType);
  if (!isAllowed || (await realType(bytes)) !== contentType) throw new Refusal<FinalRefusal>('FILE_TYPE_NOT_ALLOWED');
  if (contentType === 'application/pdf') checkPdf(bytes);
  if (!rules.images || contentType === 'application/pdf') {
    return { contentType, size: bytes.byteLength, objects: [{ key: storageKey, body: bytes, contentType }] };
  }
  if ('longestSide' in rules.images) {
    const clean = await cleanImage(bytes, contentType, rules.images.longestSide);
    return { contentType, size: clean.body.byteLength, objects: [{ key: storageKey, ...clean }] };
  }
  const { squares } = rules.images;
  const cleaned = await squareImages(bytes, squares);
  const objects = cleaned.map((image, index) => ({ key: squareKey(storageKey, squares[index] ?? 0), ...image }));
  return { contentType: 'image/webp', size: Math.max(...cleaned.map(({ body }) => body.byteLength)), objects };
}

/** What is found under other names: a recorder puts speech into containers that may hold pictures, too. */
const SAME: Readonly<Record<string, string>> = {
  // An animated PNG is a PNG whose first picture is what we take.
  'image/apng': 'image/png',
  'video/webm': 'audio/webm',
  'video/mp4': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/ogg; codecs=opus': 'audio/ogg',
};

async function realType(bytes: Uint8Array): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(bytes);
  return found && (SAME[found.mime] ?? found.mime);
}
