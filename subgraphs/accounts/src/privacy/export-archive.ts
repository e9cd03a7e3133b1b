import { PassThrough } from 'node:stream';
import { json } from 'node:stream/consumers';
import { exportPartKey } from '@tutorgraph/kit/privacy/room-privacy';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { ZipFile } from 'yazl';
import { z } from 'zod';
import { archiveKey } from './data-export.rules.js';

const part = z.object({
  sections: z.record(z.string(), z.unknown()),
  files: z.array(z.object({ name: z.string(), key: z.string() })).optional(),
});

/**
 * Packs the parts of an archive into one ZIP in the storage, a file after the other and never a whole file in memory.
 * Repeating it replaces the ZIP. Files that were removed since they were listed are left out.
 *
 * @returns the archive's key
 */
export async function packArchive(
  storage: ObjectStorage,
  { id, rooms }: { id: string; rooms: readonly string[] },
  signal: AbortSignal,
): Promise<string> {
  const zip = new ZipFile();
  const packed = new PassThrough();
  const stop = (): void => void packed.destroy(new Error('Packing the archive was stopped'));
  signal.addEventListener('abort', stop, { once: true });
  zip.on('error', (error: Error) => packed.destroy(error));
  zip.outputStream.pipe(packed);
  try {
    for (const room of rooms) await addRoom(zip, storage, room, exportPartKey(id, room));
    zip.end();
    const key = archiveKey(id);
    signal.throwIfAborted();
    await storage.put(key, packed, { contentType: 'application/zip' });
    return key;
  } finally {
    signal.removeEventListener('abort', stop);
    packed.destroy();
  }
}

async function addRoom(zip: ZipFile, storage: ObjectStorage, room: string, key: string): Promise<void> {
  const { sections, files = [] } = part.parse(await json(await storage.get(key)));
  zip.addBuffer(Buffer.from(`${JSON.stringify(sections, null, 2)}\n`), `${room}.json`);
  for (const file of files) {
    const known = await storage.head(file.key);
    if (!known) continue;
    // What we keep is packed already (WebP, PDF): packing it again would only cost time.
    zip.addReadStreamLazy(`files/${room}/${file.name}`, { compress: false, size: known.size }, (give) => {
      storage.get(file.key).then(
        (stream) => give(null, stream),
        (error: unknown) => give(error, zip.outputStream),
      );
    });
  }
}

/** Removes what an archive was gathered from, or with it the archive itself. */
export async function removeExportFiles(storage: ObjectStorage, prefix: string): Promise<void> {
  const keys: string[] = [];
  for await (const key of storage.list(prefix)) keys.push(key);
  await storage.remove(keys);
}
