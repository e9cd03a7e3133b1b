import { readFile } from 'node:fs/promises';
import type { PermissionCatalogue } from '@tutorgraph/kit/viewer/permissions';

const FILE = new URL('../../../../schema/permissions.json', import.meta.url);

let loaded: Promise<PermissionCatalogue> | undefined;

/** Every permission of every room, as `npm run schema` writes it from their code. */
export function loadCatalogue(): Promise<PermissionCatalogue> {
  loaded ??= readFile(FILE, 'utf8').then((text): PermissionCatalogue => JSON.parse(text));
  return loaded;
}
