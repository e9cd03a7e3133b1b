import { createRequire } from 'node:module';
import { configDefaults, defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);
const ROOMS_AND_KIT = '{kit,gateway,subgraphs/*,subgraphs/*/stripe-emulator}';

/**
 * Files that need a process of their own: they change all of it (Sentry instruments Node, the third language loads a
 * second copy of kit), mostly wait for processes and browsers that they start, or race for minutes on a real server.
 */
const OWN_PROCESS = [
  `${ROOMS_AND_KIT}/test/**/*.e2e.test.ts`,
  'gateway/test/playground{,-mailbox}.test.ts',
  'subgraphs/marketplace/test/booking{,-life}-races.api.test.ts',
  'kit/src/telemetry/sentry.test.ts',
  'kit/test/messages/third-language.test.ts',
];

/** These start embedded databases of their own whatever DATABASE_URL says: they run where the others are embedded, too. */
const EMBEDDED = process.env['DATABASE_URL']
  ? ['kit/src/database/embedded*.test.ts', 'kit/src/testing/snapshot-database.test.ts']
  : [];

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
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Its tests are TypeScript that we run as ours.
    server: { deps: { inline: ['@apollo/federation-subgraph-compatibility-tests'] } },
    projects: [
      // Isolated files are run first, and these are the longest.
      { extends: true, test: { name: 'own process', isolate: true, include: OWN_PROCESS } },
      // Most of a file's time was loading what the file before had loaded and compiled: these share their processes.
      {
        extends: true,
        test: {
          name: 'shared process',
          isolate: false,
          include: [`${ROOMS_AND_KIT}/{src,test}/**/*.test.ts`],
          exclude: [...configDefaults.exclude, ...OWN_PROCESS, ...EMBEDDED],
        },
      },
    ],
  },
});
