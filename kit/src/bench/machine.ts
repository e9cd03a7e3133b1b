import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import pg from 'pg';
import { testEnvironment } from '../testing/environment.js';

/** What the figures were measured on. */
export interface Machine {
  processor: string;
  cores: number;
  memoryGb: number;
  node: string;
  database: string;
  bus: string;
  /** Processes that wanted to run, on average over the minute before. */
  load: number;
}

/** Describes this machine and what the benches use. @throws when the server that DATABASE_URL names does not answer */
export async function describeMachine(): Promise<Machine> {
  const { DATABASE_URL, REDIS_URL } = testEnvironment();
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    database: DATABASE_URL ? await serverVersion(DATABASE_URL) : 'embedded PostgreSQL in a temporary folder',
    bus: REDIS_URL ? 'Redis' : 'bus in the process',
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
  };
}

/** One line. */
export function machineLine({ processor, cores, memoryGb, node, database, bus, load }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGb} GB · Node ${node} · ${database}, ${bus} · load before: ${load}`;
}

async function serverVersion(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ version: string; buffers: string }>(
    "select current_setting('server_version') as version, current_setting('shared_buffers') as buffers",
  );
  await client.end();
  return `PostgreSQL ${rows[0]?.version} with ${rows[0]?.buffers} of buffers`;
}
