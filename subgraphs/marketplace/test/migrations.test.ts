import { fileURLToPath } from 'node:url';
import { createOrm, migrate } from '@tutorgraph/kit/database/orm';
import { testDatabase } from '@tutorgraph/kit/testing/database';
import { expect, it } from 'vitest';
import { database } from '../src/database.js';

it('brings the database to what the entities say', async () => {
  const throwAway = await testDatabase({
    cacheKey: [fileURLToPath(database.migrations)],
    migrate: async (url) => {
      const migrating = await createOrm(database, { url, poolSize: 1 });
      await migrate(migrating, database.room).finally(() => migrating.close());
    },
  });
  const orm = await createOrm(database, { url: throwAway.url, poolSize: 1 });
  try {
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  } finally {
    await orm.close();
    await throwAway.close();
  }
});
