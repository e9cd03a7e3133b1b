import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './compose.js';

const EMULATOR = 'subgraphs/payments/stripe-emulator';

/** Keys of every zod shape by which a process reads its settings, and addresses of each room. */
export function settingsInCode(rooms: readonly string[]): string[] {
  const folders = ['kit', 'gateway', ...rooms.map((name) => `subgraphs/${name}`), EMULATOR];
  const files = folders.flatMap((folder) => sources(join(project, folder, 'src')));
  const readers = files
    .map((file) => readFileSync(file, 'utf8'))
    .filter((text) => /ZodRawShape|readEnvironment/.test(text));
  const keys = readers.flatMap((text) => [...text.matchAll(/^\s+([A-Z][A-Z0-9_]{2,}):/gm)].map(([, key = '']) => key));
  return [
    ...new Set([...keys, ...rooms.map((name) => `${name.toUpperCase().replaceAll('-', '_')}_SUBGRAPH_URL`)]),
  ].sort();
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name));
}
