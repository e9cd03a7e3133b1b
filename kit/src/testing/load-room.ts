import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RoomDefinition } from '../room/room.js';

const subgraphs = fileURLToPath(new URL('../../../subgraphs/', import.meta.url));

/** Permissions of all rooms, which accounts introduces when it starts. */
export const permissionsFile = fileURLToPath(new URL('../../../schema/permissions.json', import.meta.url));

// Under test this file is TypeScript, and so are the rooms; a bench runs what is built.
const built = import.meta.url.endsWith('.js');
const roomFile = built ? 'dist/room.js' : 'src/room.ts';

/** Rooms by their folders: a test of one room may run beside another without importing it. */
export async function loadRoomSources(names?: readonly string[]): Promise<RoomDefinition[]> {
  const wanted = names ?? (await readdir(subgraphs)).sort();
  const modules = await Promise.all(
    wanted.map((name) => import(pathToFileURL(`${subgraphs}${name}/${roomFile}`).href)),
  );
  return modules.map((module: { room: RoomDefinition }) => module.room);
}

/** Folders whose contents decide what a migrated database looks like. */
export function migrationFolders(rooms: readonly RoomDefinition[]): string[] {
  return rooms.map(({ name }) => `${subgraphs}${name}/migrations`);
}
