import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EnvironmentError, flag, port, processSettings, readEnvironment } from '../../src/environment/environment.js';

const shape = { PORT: port.default(4000), LOUD: flag.default(false), NAME: z.string(), URL: z.url() };

describe('settings', () => {
  it('are reported with every problem at once', () => {
    const read = () => readEnvironment(shape, { PORT: '70000', LOUD: 'perhaps', URL: 'nowhere' });
    expect(read).toThrow(EnvironmentError);
    for (const key of Object.keys(shape)) expect(read).toThrow(`${key}: `);
  });

  it('do not repeat a wrong value, which may be a secret', () => {
    const read = () => readEnvironment({ SECRET_KEY: z.string().min(32) }, { SECRET_KEY: 'swordfish' });
    expect(read).toThrow('SECRET_KEY');
    expect(read).not.toThrow('swordfish');
  });

  it('have their default when they are empty', () => {
    const source = { PORT: '', LOUD: '', NAME: 'a', URL: 'https://a.example' };
    expect(readEnvironment(shape, source)).toMatchObject({ PORT: 4000, LOUD: false });
  });
});

describe('the file .env', () => {
  const before = process.cwd();
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'settings-'));
    process.chdir(folder);
  });

  afterEach(async () => {
    process.chdir(before);
    delete process.env['KIT_TEST_FILE'];
    delete process.env['KIT_TEST_BOTH'];
    await rm(folder, { recursive: true });
  });

  it('is overruled by the environment', async () => {
    await writeFile('.env', 'KIT_TEST_FILE=file\nKIT_TEST_BOTH=file\n');
    process.env['KIT_TEST_BOTH'] = 'environment';
    expect(processSettings()).toMatchObject({ KIT_TEST_FILE: 'file', KIT_TEST_BOTH: 'environment' });
  });

  it('may be missing', () => {
    expect(processSettings()).not.toHaveProperty('KIT_TEST_FILE');
  });
});
