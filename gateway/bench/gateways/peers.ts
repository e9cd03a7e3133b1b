import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of what is measured beside ours and is no part of the project. */
export const PEERS = fileURLToPath(new URL('./peers', import.meta.url));

/** Installs the peers as their lock file has them, unless they are there since it changed. npm shows how far it is. */
export async function installPeers(): Promise<void> {
  if (changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json')) return;
  process.stderr.write('Installing what is measured beside ours; that takes a minute, once…\n');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--progress'];
  const npm = spawn('npm', args, { cwd: PEERS, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  const [code] = await once(npm, 'exit');
  if (code !== 0) throw new Error(`npm ci failed in ${PEERS}; run it there and see`);
}

/** 0 when there is no such file. */
function changedAt(file: string): number {
  return statSync(`${PEERS}/${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
