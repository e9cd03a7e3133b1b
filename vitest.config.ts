import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

/** One suite for every room: embedded by default, on a real server when DATABASE_URL is set. */
export default defineConfig({
  resolve: {
    conditions: ['source', 'node'],
    // Two copies of graphql load without this: its package.json offers one for import and one for require.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql/index.js') }],
  },
  // Test files are outside the folders that a room's tsconfig.json names, so they do not learn it there.
  oxc: { decorator: { legacy: true } },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    include: ['{kit,gateway,subgraphs/*,subgraphs/*/stripe-emulator}/{src,test}/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
