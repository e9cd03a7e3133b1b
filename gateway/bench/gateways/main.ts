/*
 * `npm run bench:gateway`: ours beside the other gateways of Node. Prints figures; a goal that is missed is a figure like
 * any other. See gateway/README.md.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeMachine, machineLine } from '@tutorgraph/kit/bench/machine';
import { measureMemory } from './memory.ts';
import { compareOnPostgres } from './postgres.ts';
import { profileOurs } from './profile.ts';
import { compareSpeed } from './speed.ts';

const USAGE = 'npm run bench:gateway -- [speed | memory | postgres | profile]';
const parts: Record<string, (folder: string) => Promise<void>> = {
  speed: compareSpeed,
  memory: measureMemory,
  postgres: compareOnPostgres,
  profile: profileOurs,
};

const part = parts[process.argv[2] ?? 'speed'];
const folder = await mkdtemp(join(tmpdir(), 'tutorgraph-bench-'));
try {
  if (!part) throw new Error(`There is no ${process.argv[2]}. Usage: ${USAGE}`);
  process.stdout.write(`${machineLine(await describeMachine())}\n`);
  await part(folder);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
// Children end with this process.
process.exit();
