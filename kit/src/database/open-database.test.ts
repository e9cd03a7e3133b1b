import { describe, expect, test } from 'vitest';
import { testEnvironment } from '../testing/environment.js';
import { openDatabase } from './open-database.js';

const server = testEnvironment().DATABASE_URL ?? '';

describe('opening the database that DATABASE_URL names', () => {
  test.each([
    ['postgres://someone:secret@127.0.0.1:1/tutorgraph', 'someone@127.0.0.1:1/tutorgraph'],
    ['nonsense', 'the address in DATABASE_URL'],
  ])('fails with one line without the password when it is %s', async (databaseUrl, named) => {
    const opened = openDatabase({ databaseUrl, dataDir: '.data' });
    await expect(opened).rejects.toThrow(
      /^Cannot connect to PostgreSQL at .* \(.+\); start it or correct DATABASE_URL\. .*$/,
    );
    await expect(opened).rejects.toThrow(named);
    await expect(opened).rejects.not.toThrow('secret');
  });

  test.runIf(server)('uses the server as it is and leaves it running', async () => {
    const database = await openDatabase({ databaseUrl: server, dataDir: '.data' });
    expect([database.kind, database.url]).toEqual(['server', server]);
    await database.close();
    expect(await database.stopped).toBeUndefined();
  });
});
