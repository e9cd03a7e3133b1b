import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** Sources of kit and one room in a temporary folder, so that a test may add files to them. */
export interface ProjectCopy {
  folder: string;
  remove(): Promise<void>;
}

/** Copies what a room runs from; dependencies are the project's own. */
export async function copyProject(room: string): Promise<ProjectCopy> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tutorgraph-copy-')));
  const copied = ['tsconfig.base.json', 'kit', `subgraphs/${room}`];
  const filter = (source: string): boolean => !/\/(node_modules|dist|test|bench)$|\.test\.ts$/.test(source);
  for (const path of copied) await cp(join(project, path), join(folder, path), { recursive: true, filter });
  await symlink(join(project, 'schema'), join(folder, 'schema'));
  await linkModules(folder);
  // A workspace may have versions of its own.
  for (const path of ['kit/node_modules', `subgraphs/${room}/node_modules`]) {
    if (existsSync(join(project, path))) await symlink(join(project, path), join(folder, path));
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** Every dependency of the project, but the copy's own kit. */
async function linkModules(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@tutorgraph'), { recursive: true });
  const names = (await readdir(join(project, 'node_modules'))).filter((name) => name !== '@tutorgraph');
  for (const name of names) await symlink(join(project, 'node_modules', name), join(modules, name));
  await symlink(join(folder, 'kit'), join(modules, '@tutorgraph/kit'));
  await symlink(join(project, 'schema'), join(modules, '@tutorgraph/schema'));
}
