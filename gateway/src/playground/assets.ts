import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A file that the page loads. */
interface Asset {
  readonly type: string;
  readonly content: Buffer;
  /** The same content compressed: made when it is first asked for, then kept. */
  gzipped(): Promise<Buffer>;
}

/** Everything the page loads. */
export interface Assets {
  /** Changes whenever any of the files does, so that browsers may keep them for ever. */
  readonly version: string;
  find(path: string): Asset | undefined;
}

// Seen from the built file too, which stands in dist/playground: the browser's files are served as they are written.
const BROWSER_FOLDER = fileURLToPath(new URL('../../src/playground/browser/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Reads our own files, GraphiQL (9 MB, which is why this waits for the first visitor) and the graphql-ws client. */
export async function loadAssets(): Promise<Assets> {
  const files = new Map<string, Buffer>([...(await ownFiles()), ...(await graphiqlFiles()), ...(await socketFiles())]);
  const hash = createHash('sha256');
  const assets = new Map<string, Asset>();
  for (const [path, content] of files) {
    hash.update(path).update(content);
    assets.set(path, asset(path, content));
  }
  return { version: hash.digest('hex').slice(0, 16), find: (path) => assets.get(path) };
}

/** The page around GraphiQL, with `{{base}}` where the files' address goes and `"{{data}}"` where the data goes. */
export function readPageTemplate(): Promise<string> {
  return readFile(join(BROWSER_FOLDER, 'page.html'), 'utf8');
}

async function ownFiles(): Promise<[string, Buffer][]> {
  const names = (await readdir(BROWSER_FOLDER)).filter((name) => extname(name) in TYPES).sort();
  return Promise.all(
    names.map(async (name): Promise<[string, Buffer]> => [name, await readFile(join(BROWSER_FOLDER, name))]),
  );
}

async function graphiqlFiles(): Promise<[string, Buffer][]> {
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql');
  return [
    ['graphiql/graphiql.js', Buffer.from(graphiql.js)],
    ['graphiql/graphiql.css', Buffer.from(graphiql.css)],
    ['graphiql/editorWorkerService.js', Buffer.from(graphiql.editorWorkerService)],
    ['graphiql/json.js', Buffer.from(graphiql.jsonWorker)],
    ['graphiql/graphql.js', Buffer.from(graphiql.graphqlWorker)],
  ];
}

/** The client's module and the one chunk it imports, whose name differs from release to release. */
async function socketFiles(): Promise<[string, Buffer][]> {
  const entry = fileURLToPath(import.meta.resolve('graphql-ws/client'));
  const client = await readFile(entry, 'utf8');
  const chunks = new Set([...client.matchAll(/from '\.\/([\w.-]+)'/g)].flatMap((match) => match[1] ?? []));
  const files: [string, Buffer][] = [['graphql-ws/client.js', Buffer.from(client)]];
  for (const chunk of chunks) files.push([`graphql-ws/${chunk}`, await readFile(join(dirname(entry), chunk))]);
  return files;
}

function asset(path: string, content: Buffer): Asset {
  let compressed: Promise<Buffer> | undefined;
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    content,
    gzipped() {
      compressed ??= promisify(gzip)(content);
      return compressed;
    },
  };
}
