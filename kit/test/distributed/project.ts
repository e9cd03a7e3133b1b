import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A process that is ready at once, tells its settings at `/settings` and ends when it is asked for `/die`. */
export function service(port = 'PORT'): string {
  return `
import { createServer } from 'node:http';
console.log('listening on ' + process.env.${port});
createServer((request, response) => {
  if (request.url === '/die') process.exit(3);
  response.end(request.url === '/settings' ? JSON.stringify(process.env) : 'ready');
}).listen(Number(process.env.${port}), process.env.HOST);
process.on('SIGTERM', () => { console.log('told to stop'); process.exit(0); });
`;
}

/** A folder laid out as ours is, with services that do nothing. */
export async function createProject(
  files: Readonly<Record<string, string>> = {},
): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tutorgraph-project-'));
  const all = {
    'package.json': '{ "type": "module" }',
    'kit/dist/tools/migrate.js': '',
    'gateway/dist/main.js': service(),
    'subgraphs/accounts/dist/main.js': service(),
    'subgraphs/letters/dist/main.js': service(),
    'subgraphs/not-built/src/main.ts': '',
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
