import { describe, expect, test } from 'vitest';
import { schemaDifference } from '../../src/database/schema-difference.js';
import { loadRoomSources } from '../../src/testing/load-room.js';

const rooms = await loadRoomSources();

describe('migrations', () => {
  test.each(rooms)('of $name say all that its entities do', async ({ database }) => {
    expect(await schemaDifference(database)).toEqual([]);
  });
});
