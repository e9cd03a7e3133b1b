import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ReadOperation } from '../operations/read-operation.js';
import { OTHER } from './bounded-names.js';

const manifest = z.object({ operations: z.array(z.object({ name: z.string().optional() })) });

/** Names of operations that metrics tell apart. */
export type OperationNames = ReadonlySet<string>;

/**
 * Reads the names in lists of trusted documents. They are what metrics tell apart: a name that a client makes up must not
 * make a series of its own.
 *
 * @throws when a file is missing or is no such list
 */
export async function readOperationNames(paths: readonly string[]): Promise<OperationNames> {
  const lists = await Promise.all(
    paths.map(async (path) => manifest.parse(JSON.parse(await readFile(path, 'utf8'))).operations),
  );
  return new Set(lists.flat().flatMap(({ name }) => name ?? []));
}

/** What metrics call an operation: its name when it is a known one, else `other`, `anonymous` or `unread`. */
export function labelOf(operation: ReadOperation | undefined, names: OperationNames): string {
  if (!operation) return 'unread';
  const name = operation.definition.name?.value;
  if (name === undefined) return 'anonymous';
  return names.has(name) ? name : OTHER;
}
