import { describe, expect, it } from 'vitest';
import { Loader } from './loader.js';

/** A loader of squares, and the batches that it was asked for. */
function squares() {
  const batches: (readonly number[])[] = [];
  const loader = new Loader<number, number | null>(
    async (keys) => {
      batches.push(keys);
      return keys.map((key) => key * key);
    },
    (key) => key,
  );
  return { loader, batches };
}

describe('a loader', () => {
  it('gives at once what was read along, null too, and loads nothing for it', async () => {
    const { loader, batches } = squares();
    loader.keep(2, 4);
    loader.keep(3, null);
    expect([loader.at(2), loader.at(3)]).toEqual([4, null]);
    expect(await Promise.all([loader.load(2), loader.load(3)])).toEqual([4, null]);
    expect(await loader.loadMany([2, 3])).toEqual([4, null]);
    expect(batches).toEqual([]);
  });

  it('loads what was not, in one batch with whoever else asks', async () => {
    const { loader, batches } = squares();
    loader.keep(2, 4);
    expect(await Promise.all([loader.at(5), loader.load(6), loader.at(2)])).toEqual([25, 36, 4]);
    expect(batches).toEqual([[5, 6]]);
  });

  it('forgets what was read along when it is told that it changed', async () => {
    const { loader } = squares();
    loader.keep(2, null);
    loader.keep(3, null);
    expect(await loader.clear(2).at(2)).toBe(4);
    expect(loader.at(3)).toBe(null);
    expect(await loader.clearAll().at(3)).toBe(9);
  });
});
