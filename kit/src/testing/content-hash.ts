import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A short digest of the names and contents of files and folders, the same wherever they lie. */
export function contentHash(paths: string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesBelow(path)) {
      const content = createHash('sha256').update(readFileSync(file)).digest('hex');
      hash.update(JSON.stringify([relative(path, file), content]));
    }
  }
  return hash.digest('hex').slice(0, 20);
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
