import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockDataDirectory, withFileLock } from './data-lock.js';

describe('the lock on a data folder', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'data-lock-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  test('refuses a second holder with one line that names folder, process and way out', () => {
    const lock = lockDataDirectory(folder);
    expect(() => lockDataDirectory(folder)).toThrow(
      `The data folder ${folder} is in use by process ${process.pid}; stop that process, or set DATA_DIR to another folder.`,
    );
    lock.release();
  });

  test('can be taken again after release, and releasing twice frees nobody else', () => {
    const first = lockDataDirectory(folder);
    first.release();
    const second = lockDataDirectory(folder);
    first.release();
    expect(() => lockDataDirectory(folder)).toThrow('in use');
    second.release();
  });

  test('makes the folder and closes it to other users', async () => {
    const made = join(folder, 'deep', 'data');
    const lock = lockDataDirectory(made);
    expect((await stat(made)).mode & 0o777).toBe(0o700);
    lock.release();
    expect(await readdir(made)).toEqual(['lock']);
  });

  test('says what to do when the folder cannot be made', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(() => lockDataDirectory(join(file, 'data'))).toThrow(/cannot be used \(.*\); make it this user's own/);
  });

  test('runs work under one lock file one after another', async () => {
    let running = 0;
    const most: number[] = [];
    const work = async (): Promise<void> => {
      running++;
      await readdir(folder);
      most.push(running);
      running--;
    };
    await Promise.all([1, 2, 3, 4].map(() => withFileLock(join(folder, 'work'), work)));
    expect(most).toEqual([1, 1, 1, 1]);
  });
});
