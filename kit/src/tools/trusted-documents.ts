import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type DocumentNode, getOperationAST, parse, print } from 'graphql';

/**
 * A list of documents by the SHA-256 of their text, in the form of Apollo's persisted query manifest, as Apollo's clients
 * read it.
 */
export interface DocumentManifest {
  format: 'apollo-persisted-query-manifest';
  version: 1;
  operations: { id: string; name: string; type: string; body: string }[];
}

/**
 * Lists the operations of a folder's `*.graphql` files, each as GraphQL clients print it.
 *
 * @throws Error that names the file when one has not exactly one named operation
 */
export async function listDocuments(folder: string): Promise<DocumentManifest> {
  const files = globSync('**/*.graphql', { cwd: folder }).sort();
  const operations = files.map(async (file) => {
    const document = parse(await readFile(`${folder}/${file}`, 'utf8'));
    const body = print(document);
    return { id: createHash('sha256').update(body).digest('hex'), ...nameOf(document, file), body };
  });
  return { format: 'apollo-persisted-query-manifest', version: 1, operations: await Promise.all(operations) };
}

function nameOf(document: DocumentNode, file: string): { name: string; type: string } {
  const operation = getOperationAST(document);
  if (!operation?.name) throw new Error(`${file} must hold one operation, and name it`);
  return { name: operation.name.value, type: operation.operation };
}
