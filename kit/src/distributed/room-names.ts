import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Rooms that can run as processes of their own: folders below `subgraphs/` whose `main.ts` has been built. */
export async function roomNames(folder: string): Promise<string[]> {
  const names = (await readdir(join(folder, 'subgraphs'))).sort();
  return names.filter((name) => existsSync(roomEntry(folder, name)));
}

/** The file that runs a room. */
export function roomEntry(folder: string, name: string): string {
  return join(folder, 'subgraphs', name, 'dist/main.js');
}
