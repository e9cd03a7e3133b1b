import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * What trusted documents are for: nothing (`off`), to be sent by their ids while others are written down (`log`), to be
 * sent by their ids while others may cost less (`prefer`), or to be all that is let in (`require`).
 */
export type DocumentTrust = 'off' | 'log' | 'prefer' | 'require';

/** Apollo's persisted query manifest: https://www.apollographql.com/docs/graphos/platform/security/persisted-queries */
const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/** Documents that our own clients use. */
export class TrustedDocuments {
  private readonly bodies: ReadonlyMap<string, string>;
  private readonly hashes: ReadonlySet<string>;

  constructor(documents: readonly { id: string; body: string }[]) {
    this.bodies = new Map(documents.map(({ id, body }) => [id, body]));
    this.hashes = new Set(documents.map(({ body }) => hash('sha256', body)));
  }

  /** The text of a document, by its id in the list; `sha256:` before it changes nothing. */
  find(id: string): string | undefined {
    return this.bodies.get(id) ?? (id.startsWith('sha256:') ? this.bodies.get(id.slice('sha256:'.length)) : undefined);
  }

  /** Is the text with this SHA-256 one of them? */
  hasText(sha256: string): boolean {
    return this.hashes.has(sha256);
  }
}

/**
 * Reads the lists of documents that the settings name, or the project's own, where they are for something.
 *
 * @throws Error, see {@link readTrustedDocuments}
 */
export async function openTrustedDocuments(
  trust: DocumentTrust | undefined,
  paths: readonly string[],
  own: string,
): Promise<TrustedDocuments | undefined> {
  if (trust === undefined || trust === 'off') return undefined;
  return readTrustedDocuments(paths.length > 0 ? paths : [own]);
}

/**
 * Reads lists of documents, one of each client.
 *
 * @throws Error that names the file when one cannot be used, or two lists give one id to different texts
 */
export async function readTrustedDocuments(paths: readonly string[]): Promise<TrustedDocuments> {
  const lists = await Promise.all(paths.map(readManifest));
  const bodies = new Map<string, string>();
  for (const { id, body } of lists.flat()) {
    if ((bodies.get(id) ?? body) !== body) throw new Error(`Two trusted documents have the id ${id}: name one anew`);
    bodies.set(id, body);
  }
  return new TrustedDocuments([...bodies].map(([id, body]) => ({ id, body })));
}

async function readManifest(path: string): Promise<z.infer<typeof manifestSchema>['operations']> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path, 'utf8'))).operations;
  } catch (cause) {
    throw new Error(`${path} is no list of trusted documents: write it with \`npm run schema\` or Apollo's tool`, {
      cause,
    });
  }
}
