import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { RoomDefinition } from '../room/room.js';

/** Every room below `subgraphs/` that has been built, in the order of their names. */
export async function loadRooms(folder: string): Promise<RoomDefinition[]> {
  const names = (await readdir(`${folder}/subgraphs`)).sort();
  const files = names.map((name) => `${folder}/subgraphs/${name}/dist/room.js`).filter((file) => existsSync(file));
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(file).href)));
  return modules.map((module: { room: RoomDefinition }) => module.room);
}
