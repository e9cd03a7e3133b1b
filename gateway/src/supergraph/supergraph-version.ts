import { SupergraphRefused } from './supergraph-refused.js';

const VERSION = /^#\s*supergraph-version:\s*(\d{1,15})\s*$/;

/**
 * The version that a supergraph gives itself in one of its first lines, `# supergraph-version: 42`: in the text, so that it
 * is signed with it. Undefined when it gives none.
 */
export function versionOf(sdl: string): number | undefined {
  for (const line of sdl.split('\n', 50)) {
    if (line.trim() === '') continue;
    if (!line.startsWith('#')) return undefined;
    const version = VERSION.exec(line.trim())?.[1];
    if (version !== undefined) return Number(version);
  }
  return undefined;
}

/** @throws SupergraphRefused when it is older than the one that runs, or does not say while that one does */
export function assertNotOlder(version: number | undefined, running: number | undefined): void {
  if (running === undefined || (version !== undefined && version >= running)) return;
  const found = version === undefined ? 'has no version' : `has version ${version}`;
  throw new SupergraphRefused('older', `The supergraph ${found} while ${running} runs; publish it under a later one`);
}
