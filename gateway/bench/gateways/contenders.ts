import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child, freePort, type Program } from './child.ts';
import { ourGateway } from './our-gateway.ts';
import { PEERS } from './peers.ts';

/** Who is measured. */
export type ContenderName = 'ours' | 'stock' | 'Hive' | 'Hive with its Rust planner';

/** One gateway, running. */
export interface Contender {
  name: ContenderName;
  url: string;
  child: Child;
}

const STOCK = fileURLToPath(new URL('./stock-gateway.ts', import.meta.url));
const HIVE = join(PEERS, 'node_modules/@graphql-hive/gateway/dist/bin.js');
const HIVE_CONFIG = join(PEERS, 'hive.config.mjs');

/** Starts a gateway before a supergraph, as its manual says, and waits until it answers. */
export async function startContender(name: ContenderName, supergraphFile: string): Promise<Contender> {
  const port = String(await freePort());
  const child = Child.start(programs[name](port, supergraphFile));
  const url = `http://127.0.0.1:${port}/graphql`;
  await child.answers(url);
  return { name, url, child };
}

/** None of them writes a line for each request: the others cannot, and ours is told not to. */
const programs: Record<ContenderName, (port: string, supergraphFile: string) => Program> = {
  ours: ourGateway,
  stock: (port, supergraphFile) => ({ args: [STOCK, port, supergraphFile], env: { APOLLO_TELEMETRY_DISABLED: '1' } }),
  Hive: hive,
  'Hive with its Rust planner': (port, supergraphFile) => {
    const { args, env } = hive(port, supergraphFile);
    return { args: [...args, '--hive-router-runtime'], env };
  },
};

function hive(port: string, supergraphFile: string): Program {
  const args = [HIVE, 'supergraph', supergraphFile, '--host', '127.0.0.1', '--port', port, '-c', HIVE_CONFIG];
  return { args, env: { LOG_LEVEL: 'warn' } };
}
