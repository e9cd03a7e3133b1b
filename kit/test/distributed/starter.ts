import { startDistributed } from '../../src/distributed/distributed.js';

// A process for distributed.test.ts: it starts the services of the folder that it is given and tells who they are.
const [, , folder = ''] = process.argv;
const { processes } = await startDistributed({
  folder,
  databaseUrl: 'postgres://db.example/tutorgraph',
  redisUrl: 'redis://redis.example',
  secretKey: 'a secret that only tests know, long enough',
});
process.send?.(processes.map(({ pid }) => pid));
