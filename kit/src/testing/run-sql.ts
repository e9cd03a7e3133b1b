import pg from 'pg';

/** Runs one statement on a connection of its own, for what no role may do through the API. */
export async function runSql(databaseUrl: string, text: string, values: readonly unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}
