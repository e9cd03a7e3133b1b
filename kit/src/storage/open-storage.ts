import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { commonSettings, EnvironmentError, readEnvironment } from '../environment/environment.js';
import type { Logger } from '../telemetry/logger.js';
import { DiskStorage } from './disk-storage.js';
import { registerFileRoutes } from './file-routes.js';
import { FileSignatures } from './file-signatures.js';
import { GuardedStorage } from './guarded-storage.js';
import type { ObjectStorage } from './object-storage.js';
import { storageSettings } from './storage-settings.js';

/** Which storage to open. */
export interface OpenStorageOptions {
  /** S3_*, FILES_URL, DATA_DIR, NODE_ENV and SECRET_KEY of the process. */
  settings: Record<string, string | undefined>;
  /** Do other processes work on the same files? In production they then need a storage that they share. */
  isShared: boolean;
  /** Where this process serves files on disk when FILES_URL does not say; asked whenever a URL is signed. */
  servedAt: () => string;
  logger: Logger;
}

/** A storage that answers. */
export interface OpenedStorage {
  storage: ObjectStorage;
  /** Serves what is on disk; undefined where clients reach the storage itself. */
  routes?: (app: FastifyInstance, options?: { anyOrigin?: boolean }) => Promise<void>;
}

const settingsRead = {
  ...storageSettings,
  NODE_ENV: commonSettings.NODE_ENV,
  DATA_DIR: commonSettings.DATA_DIR,
  SECRET_KEY: z.string().optional(),
} satisfies z.ZodRawShape;
type StorageEnvironment = z.infer<z.ZodObject<typeof settingsRead>>;

/**
 * Opens the storage that the settings name: S3 where S3_ENDPOINT is set, a folder in DATA_DIR otherwise.
 *
 * @throws EnvironmentError that says what to set, or that there is no such bucket
 */
export async function openStorage(options: OpenStorageOptions): Promise<OpenedStorage> {
  const environment = readEnvironment(settingsRead, options.settings);
  return environment.S3_ENDPOINT
    ? openS3(environment.S3_ENDPOINT, environment, options)
    : openDisk(environment, options);
}

async function openS3(endpoint: string, environment: StorageEnvironment, options: OpenStorageOptions) {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (!accessKeyId || !secretAccessKey) {
    throw new EnvironmentError('S3_ENDPOINT is set, so set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY as well');
  }
  // The client is large, and most who start this have no S3.
  const { S3Storage } = await import('./s3-storage.js');
  const storage = new S3Storage({
    endpoint,
    publicEndpoint: environment.S3_PUBLIC_ENDPOINT ?? endpoint,
    bucket: environment.S3_BUCKET,
    region: environment.S3_REGION,
    accessKeyId,
    secretAccessKey,
  });
  try {
    await storage.check((err) => options.logger.warn({ err }, 'The file storage does not answer yet'));
  } catch (error) {
    await storage.close();
    throw error;
  }
  return { storage: new GuardedStorage(storage) };
}

async function openDisk(environment: StorageEnvironment, options: OpenStorageOptions) {
  const { NODE_ENV, SECRET_KEY, FILES_URL, DATA_DIR } = environment;
  if (NODE_ENV === 'production' && options.isShared) {
    throw new EnvironmentError(
      'Set S3_ENDPOINT, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY: in production several processes share files over S3',
    );
  }
  if (NODE_ENV === 'production' && !FILES_URL) {
    throw new EnvironmentError(
      'Set FILES_URL to the public address of /files, such as https://api.example.com/files, or S3_ENDPOINT to keep files there',
    );
  }
  if (!SECRET_KEY) throw new EnvironmentError('Set SECRET_KEY: it signs the addresses of files on disk');
  const signatures = new FileSignatures(SECRET_KEY);
  const address = FILES_URL?.replace(/\/+$/, '');
  const disk = new DiskStorage(resolve(join(DATA_DIR, 'files')), signatures, () => address ?? options.servedAt());
  await disk.prepare();
  return {
    storage: new GuardedStorage(disk),
    routes: (app: FastifyInstance, { anyOrigin }: { anyOrigin?: boolean } = {}) =>
      registerFileRoutes(app, { disk, signatures, ...(anyOrigin && { anyOrigin }) }),
  };
}
