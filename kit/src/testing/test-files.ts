import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { FILES_PATH } from '../storage/file-routes.js';
import type { ObjectStorage } from '../storage/object-storage.js';
import { type OpenedStorage, openStorage } from '../storage/open-storage.js';
import { silentLogger } from '../telemetry/logger.js';

/** A storage of a test's own, in a folder that goes away with it. */
export class TestFiles {
  private server: FastifyInstance | undefined;
  private origin = 'http://files.test';

  private constructor(
    readonly folder: string,
    private readonly opened: OpenedStorage,
  ) {}

  static async open(secretKey: string): Promise<TestFiles> {
    const folder = await mkdtemp(join(tmpdir(), 'tutorgraph-files-'));
    const files: TestFiles = new TestFiles(
      folder,
      await openStorage({
        settings: { DATA_DIR: folder, SECRET_KEY: secretKey },
        isShared: false,
        servedAt: () => `${files.origin}${FILES_PATH}`,
        logger: silentLogger,
      }),
    );
    return files;
  }

  get storage(): ObjectStorage {
    return this.opened.storage;
  }

  /** Makes URLs that are signed from now on answer over HTTP. */
  async serve(): Promise<void> {
    this.server = Fastify();
    await this.opened.routes?.(this.server);
    this.origin = await this.server.listen({ host: '127.0.0.1', port: 0 });
  }

  async close(): Promise<void> {
    await this.server?.close();
    await this.opened.storage.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
