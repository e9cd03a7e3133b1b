import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { FILES_PATH } from '../../src/storage/file-routes.js';
import type { ObjectStorage } from '../../src/storage/object-storage.js';
import { openStorage } from '../../src/storage/open-storage.js';
import { silentLogger } from '../../src/telemetry/logger.js';
import { S3Server } from './s3-server.js';
import { s3Key } from './s3-signature.js';

/** A storage whose signed URLs answer. */
export interface TestStorage {
  storage: ObjectStorage;
  close(): Promise<void>;
}

/** Settings for an emulated S3 server. */
export function s3Settings(endpoint: string, more: Record<string, string> = {}) {
  return {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: 'files',
    S3_ACCESS_KEY_ID: s3Key.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3Key.secretAccessKey,
    ...more,
  };
}

/** A storage on an emulated S3 server. */
export async function openS3(): Promise<TestStorage & { server: S3Server }> {
  const server = new S3Server('files');
  const settings = s3Settings(await server.listen());
  const { storage } = await openStorage({ settings, isShared: true, servedAt: () => '', logger: silentLogger });
  return {
    storage,
    server,
    async close() {
      await storage.close();
      await server.close();
    },
  };
}

/** A storage in a folder of its own, served over HTTP. */
export async function openDisk(): Promise<TestStorage & { folder: string; origin: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'tutorgraph-disk-'));
  const settings = { DATA_DIR: folder, SECRET_KEY: 'a secret that only tests know, long enough' };
  let origin = '';
  const servedAt = (): string => `${origin}${FILES_PATH}`;
  const { storage, routes } = await openStorage({ settings, isShared: false, servedAt, logger: silentLogger });
  const app = Fastify({ bodyLimit: 1024 });
  await routes?.(app, { anyOrigin: true });
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    storage,
    folder,
    origin,
    async close() {
      await app.close();
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
