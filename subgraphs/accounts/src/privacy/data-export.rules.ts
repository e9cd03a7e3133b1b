const HOUR_MS = 60 * 60 * 1000;
/** Whoever has got an archive gets the next one not before. */
export const EXPORT_EVERY_MS = 24 * HOUR_MS;
/** Rooms that did not answer within this time will not. */
export const GATHERED_WITHIN_MS = 24 * HOUR_MS;
/** How long an archive can be had. */
export const ARCHIVE_KEPT_MS = 7 * 24 * HOUR_MS;
/** How long the address of an archive is good. */
export const URL_SECONDS = 15 * 60;

/** Where an archive is gathered: its parts and then itself. */
export function exportFolder(exportId: string): string {
  return `exports/${exportId}/`;
}

/** The key of the archive itself. */
export function archiveKey(exportId: string): string {
  return `${exportFolder(exportId)}archive.zip`;
}

/** How far an archive is, from 0 to 1. Packing counts as one more part, so that 1 means that it can be had. */
export function progressOf(status: string, parts: number, rooms: number): number {
  return status === 'READY' || status === 'EXPIRED' ? 1 : Math.min(1, parts / (rooms + 1));
}
