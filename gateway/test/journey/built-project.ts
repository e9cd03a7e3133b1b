import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withFileLock } from '@tutorgraph/kit/database/data-lock';

/** The project's folder. */
export const projectFolder = fileURLToPath(new URL('../../../', import.meta.url));

/** How long a build from nothing may take. */
export const BUILD_WITHIN_MS = 300_000;

/** Compiles what has changed since the last time; test files that need it take turns. */
export async function buildProject(): Promise<void> {
  const cache = join(projectFolder, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  await withFileLock(join(cache, 'tests-build.lock'), () =>
    promisify(execFile)(process.execPath, ['kit/src/tools/build.ts'], { cwd: projectFolder }),
  );
}
