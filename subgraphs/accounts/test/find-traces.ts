import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import { database } from './account-fixtures.js';

interface Column {
  schema: string;
  table: string;
  column: string;
  type: string;
}

/** Where any of these texts stand, in whatever case: every column of every table of every schema, and every file. */
export async function findTraces(graph: TestGraph, texts: readonly string[]): Promise<string[]> {
  const wanted = texts.map((text) => text.toLowerCase());
  return [...(await inDatabase(graph, wanted)), ...(await inFiles(graph.files.folder, wanted))].sort();
}

async function inDatabase(graph: TestGraph, texts: readonly string[]): Promise<string[]> {
  const em = database(graph);
  const columns = await em.execute<Column[]>(
    `select c.table_schema as schema, c.table_name as table, c.column_name as column, c.data_type as type
       from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { schema, table, column, type } of columns) {
    const value = type === 'bytea' ? `encode(here."${column}", 'escape')` : `here."${column}"::text`;
    const rows = await em.execute<{ text: string }[]>(
      `select distinct wanted.text from "${schema}"."${table}" as here, unnest(?::text[]) as wanted (text)
        where position(wanted.text in lower(${value})) > 0`,
      [`{${texts.map((text) => JSON.stringify(text)).join()}}`],
    );
    found.push(...rows.map(({ text }) => `${schema}.${table}.${column}: ${text}`));
  }
  return found;
}

async function inFiles(folder: string, texts: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const content = entry.isFile() ? (await readFile(path, 'latin1')).toLowerCase() : '';
    found.push(...texts.filter((text) => content.includes(text) || path.includes(text)).map((text) => `file: ${text}`));
  }
  return found;
}
