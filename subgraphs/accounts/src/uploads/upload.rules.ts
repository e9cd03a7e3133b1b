import { z } from 'zod';

/** Where an upload stands. */
export const uploadStatuses = ['REQUESTED', 'PROCESSING', 'CONFIRMED', 'REFUSED'] as const;
/** @see uploadStatuses */
export type UploadStatus = (typeof uploadStatuses)[number];

/**
 * From which status an upload may go to which. What a process that died was checking is requested again; only erasing
 * its owner refuses what was not checked, or was confirmed.
 */
const uploadTransitions: Readonly<Record<UploadStatus, readonly UploadStatus[]>> = {
  REQUESTED: ['PROCESSING', 'REFUSED'],
  PROCESSING: ['REQUESTED', 'CONFIRMED', 'REFUSED'],
  CONFIRMED: ['REFUSED'],
  REFUSED: [],
};

/** May an upload go from one status to another? */
export function mayUploadBecome(from: UploadStatus, to: UploadStatus): boolean {
  return uploadTransitions[from].includes(to);
}

/** How long a check may take before another process believes that whoever began it has died. */
export const CLAIM_MS = 60_000;

/** How long a client has to put the file. */
export const PUT_WITHIN_SECONDS = 15 * 60;

/** Reasons for which an upload is refused for good. */
export const finalRefusals = [
  'FILE_TYPE_NOT_ALLOWED',
  'FILE_TOO_LARGE',
  'FILE_DAMAGED',
  'FILE_PROTECTED',
  'IMAGE_TOO_LARGE',
] as const;
/** @see finalRefusals */
export type FinalRefusal = (typeof finalRefusals)[number];

/** What to do for somebody who confirms an upload. */
export type ConfirmationStep = 'check' | 'take over' | 'wait' | 'done' | 'refused';

/** Decides what to do next by what others have done. */
export function confirmationStep(
  { status, claimedAt }: { status: UploadStatus; claimedAt?: Date | null },
  now: Date,
): ConfirmationStep {
  if (status === 'CONFIRMED') return 'done';
  if (status === 'REFUSED') return 'refused';
  if (status === 'REQUESTED') return 'check';
  return now.getTime() - (claimedAt?.getTime() ?? 0) < CLAIM_MS ? 'wait' : 'take over';
}

/** What somebody who wants to upload says of the file. */
export const uploadRequest = z.object({
  kind: z.string(),
  contentType: z.string().trim().toLowerCase().min(1).max(100),
  size: z.number().int().min(1),
});
