import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import { startEmbeddedPostgres } from './embedded.js';
import { createOrm, migrate, type RoomDatabase } from './orm.js';

const CONSTRAINT = /^alter table "(\w+)"\."(\w+)" (?:drop|add) constraint "(\w+)"/;

/**
 * What a room's entities have and its migrations do not, as SQL statements in their order. It is found in a throw-away
 * embedded database, in which the statements have also been tried.
 */
export async function schemaDifference(database: RoomDatabase): Promise<string[]> {
  const throwAway = await startEmbeddedPostgres({});
  const orm = await createOrm(database, { url: throwAway.url, poolSize: 1 });
  try {
    await migrate(orm, database.room);
    const statements = await proposed(orm);
    if (statements.length === 0) return [];
    const before = await constraints(orm, database.room);
    for (const statement of statements) await orm.em.fork().execute(statement);
    const after = await constraints(orm, database.room);
    // PostgreSQL keeps `between` and `in` in other words, so that the comparison takes equal checks for changed ones.
    return statements.filter((statement) => {
      const [, , table, name] = CONSTRAINT.exec(statement) ?? [];
      const key = `${table}.${name}`;
      return name === undefined || before.get(key) !== after.get(key);
    });
  } finally {
    await orm.close();
    await throwAway.close();
  }
}

async function proposed(orm: MikroORM): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tutorgraph-migration-'));
  try {
    const { diff } = await orm.migrator.create(folder);
    return diff.up.map((statement) => statement.trim().replace(/;$/, '')).filter(Boolean);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function constraints(orm: MikroORM, room: string): Promise<Map<string, string>> {
  const rows = await orm.em.fork().execute<{ key: string; definition: string }[]>(
    `select t.relname || '.' || c.conname as key, pg_get_constraintdef(c.oid) as definition
       from pg_constraint c join pg_class t on t.oid = c.conrelid
      where c.connamespace = ?::regnamespace`,
    [room],
  );
  return new Map(rows.map(({ key, definition }) => [key, definition]));
}
