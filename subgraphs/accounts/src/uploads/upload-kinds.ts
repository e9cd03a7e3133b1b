const MEGABYTE = 1024 * 1024;

/** Content types that we can check. */
export type UploadContentType =
  | 'image/jpeg'
  | 'image/png'
  | 'image/webp'
  | 'application/pdf'
  | 'audio/webm'
  | 'audio/ogg'
  | 'audio/mp4'
  | 'audio/mpeg'
  | 'audio/wav'
  | 'audio/flac';

/** What may be uploaded as one kind, and what becomes of it. */
export interface UploadKindRules {
  maxBytes: number;
  contentTypes: readonly UploadContentType[];
  /**
   * Images become squares of so many pixels, as WebP, or keep shape and format with at most so many pixels a side; without it the
   * kind takes none.
   */
  images?: { squares: readonly number[] } | { longestSide: number };
  /** What the keys of checked files begin with. */
  folder: string;
}

const images = ['image/jpeg', 'image/png', 'image/webp'] as const;

/** Every kind of upload; a room that needs another adds it here. */
export const uploadKinds = {
  AVATAR: {
    maxBytes: 5 * MEGABYTE,
    contentTypes: images,
    images: { squares: [512, 256, 64] },
    folder: 'avatars',
  },
  DOCUMENT: {
    maxBytes: 15 * MEGABYTE,
    contentTypes: [...images, 'application/pdf'],
    images: { longestSide: 2400 },
    folder: 'documents',
  },
  ATTACHMENT: {
    maxBytes: 15 * MEGABYTE,
    contentTypes: [...images, 'application/pdf'],
    images: { longestSide: 2400 },
    folder: 'attachments',
  },
  RECORDING: {
    maxBytes: 25 * MEGABYTE,
    // What browsers and phones record, and a speech model reads.
    contentTypes: ['audio/webm', 'audio/ogg', 'audio/mp4', 'audio/mpeg', 'audio/wav', 'audio/flac'],
    folder: 'recordings',
  },
} as const satisfies Record<string, UploadKindRules>;

/** @see uploadKinds */
export type UploadKind = keyof typeof uploadKinds;

/** The rules of a kind. */
export function rulesOf(kind: UploadKind): UploadKindRules {
  return uploadKinds[kind];
}

/** What a message about a kind's rules says. */
export function ruleValues(kind: UploadKind): { allowed: string; megabytes: number } {
  const { contentTypes, maxBytes } = rulesOf(kind);
  const names = contentTypes.map((type) => type.slice(type.indexOf('/') + 1).toUpperCase());
  return { allowed: names.join(', '), megabytes: maxBytes / MEGABYTE };
}

/** The key of one of a square image's sizes. */
export function squareKey(storageKey: string, pixels: number): string {
  return `${storageKey}/${pixels}.webp`;
}

/** Keys of all files that a checked upload may have: one, or one for each size. */
export function objectKeys(kind: UploadKind, storageKey: string): string[] {
  const { images: shape } = rulesOf(kind);
  return shape && 'squares' in shape ? shape.squares.map((pixels) => squareKey(storageKey, pixels)) : [storageKey];
}
