// type-graphql's decorators, which a room's resolvers bring along, need it before they run.
import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { schemaDifference } from '../database/schema-difference.js';
import { EnvironmentError } from '../environment/environment.js';
import { fatal } from '../lifecycle/lifecycle.js';
import { loadRooms } from './load-rooms.js';

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/**
 * Writes a migration from the difference between a room's migrations and its entities. Neither DATABASE_URL nor `.data/`
 * is touched. Run from the project's folder after a build.
 */
async function createMigration(folder: string, [roomName, name]: readonly string[]): Promise<string> {
  const rooms = await loadRooms(folder);
  const room = rooms.find((candidate) => candidate.name === roomName);
  if (!(room && name && NAME.test(name))) {
    const names = rooms.map((candidate) => candidate.name).join(' | ');
    throw new EnvironmentError(
      `Say which room and what changes, in lower case with hyphens: npm run db:migration -- <${names}> add-phone-numbers`,
    );
  }
  const statements = await schemaDifference(room.database);
  if (statements.length === 0)
    return `The migrations of ${room.name} say all that its entities do; nothing was written.`;
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const className = `Migration${time}_${name.replaceAll('-', '_')}`;
  const path = relative(folder, join(fileURLToPath(room.database.migrations), `${className}.ts`));
  await writeFile(path, migrationModule(className, `${name.replaceAll('-', ' ')}.`, statements), { flag: 'wx' });
  await promisify(execFile)('biome', ['check', '--write', path], { cwd: folder });
  return `Wrote ${path}; read it before you commit it.`;
}

function migrationModule(className: string, summary: string, statements: readonly string[]): string {
  const quoted = statements.map((statement) => statement.replaceAll(/[`\\]|\$\{/g, '\\$&'));
  return `import { Migration } from '@mikro-orm/migrations';

/** ${summary[0]?.toUpperCase()}${summary.slice(1)} */
export class ${className} extends Migration {
  override up(): void {
    ${quoted.map((statement) => `this.addSql(\`${statement}\`);`).join('\n    ')}
  }
}
`;
}

await createMigration(process.cwd(), process.argv.slice(2)).then((line) => process.stdout.write(`${line}\n`), fatal);
