import { fileURLToPath } from 'node:url';
import type { Program } from './child.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/**
 * Our gateway by itself, as it is deployed, but for two settings: no line for each request, which the others do not write
 * either, and so much allowed to one network that its check is made and never refuses the load.
 */
export function ourGateway(port: string, supergraphFile: string, env: Record<string, string> = {}): Program {
  return {
    args: [MAIN],
    env: {
      HOST: '127.0.0.1',
      PORT: port,
      SUPERGRAPH_PATH: supergraphFile,
      LOG_LEVEL: 'warn',
      RATE_COST_PER_NETWORK: '1000000000000',
      ...env,
    },
  };
}
