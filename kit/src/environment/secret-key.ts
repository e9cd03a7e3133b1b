import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from './environment.js';

/**
 * The secret that seals signing keys: the setting, or else one made on the first start and kept beside the data.
 *
 * @throws EnvironmentError in production without the setting
 */
export async function ensureSecretKey(
  given: string | undefined,
  dataDir: string,
  production: boolean,
): Promise<string> {
  if (given) return given;
  if (production) {
    throw new EnvironmentError(
      'Set SECRET_KEY in production: at least 32 characters, such as from: openssl rand -base64 48',
    );
  }
  const file = join(dataDir, 'secret-key');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, randomBytes(48).toString('base64'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!exists) throw error;
  }
  return readFile(file, 'utf8');
}
