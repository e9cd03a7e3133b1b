import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Distributed, type DistributedOptions, startDistributed } from '../../src/distributed/distributed.js';
import { createProject, service } from './project.js';

const RUN_TYPESCRIPT = new URL('../fixtures/run-typescript.mjs', import.meta.url).href;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the distributed form', () => {
  const cleanUp: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const clean of cleanUp.splice(0).reverse()) await clean();
  });

  async function start(
    options: Partial<DistributedOptions> = {},
    files: Readonly<Record<string, string>> = {},
  ): Promise<Distributed> {
    const project = await createProject(files);
    cleanUp.push(() => project.remove());
    const running = await startDistributed({
      folder: project.folder,
      databaseUrl: 'postgres://db.example/tutorgraph',
      redisUrl: 'redis://redis.example',
      secretKey: 'a secret that only tests know, long enough',
      ...options,
    });
    cleanUp.push(() => running.stop());
    return running;
  }

  async function settingsOf(running: Distributed, label: string): Promise<Record<string, string>> {
    const origin = running.processes.find((service) => service.label === label)?.origin;
    const response = await fetch(`${origin}/settings`);
    return (await response.json()) as Record<string, string>;
  }

  test('starts each room that has been built and the gateway, as often as asked for', async () => {
    const running = await start({ replicas: { gateway: 2, letters: 2 } });
    expect(running.processes.map(({ label }) => label)).toEqual([
      'accounts-1',
      'letters-1',
      'letters-2',
      'gateway-1',
      'gateway-2',
    ]);
    expect(running.gateways).toHaveLength(2);
    const gateway = await settingsOf(running, 'gateway-2');
    const letters = running.processes.filter(({ name }) => name === 'letters').map(({ origin }) => `${origin}/graphql`);
    expect(gateway).toMatchObject({
      LETTERS_SUBGRAPH_URL: letters.join(','),
      JWKS_URL: `${running.processes[0]?.origin}/.well-known/jwks.json`,
      DATABASE_URL: 'postgres://db.example/tutorgraph',
      REDIS_URL: 'redis://redis.example',
    });
  });

  test('gives each service a key of its own, and everybody the public ones', async () => {
    const running = await start({ replicas: { letters: 2 } });
    const [accounts, first, second] = await Promise.all(
      ['accounts-1', 'letters-1', 'letters-2'].map((label) => settingsOf(running, label)),
    );
    expect(first?.['SERVICE_PRIVATE_KEY']).toBe(second?.['SERVICE_PRIVATE_KEY']);
    expect(first?.['SERVICE_PRIVATE_KEY']).not.toBe(accounts?.['SERVICE_PRIVATE_KEY']);
    const { keys } = JSON.parse(accounts?.['SERVICE_PUBLIC_KEYS'] ?? '') as { keys: { kid: string; d?: string }[] };
    expect(keys.map(({ kid }) => kid)).toEqual(['gateway', 'accounts', 'letters']);
    expect(keys.some(({ d }) => d !== undefined)).toBe(false);
  });

  describe('with a Stripe emulator that has been built', () => {
    const emulator = 'subgraphs/payments/stripe-emulator/dist/main.js';
    const built = { 'subgraphs/payments/dist/main.js': service(), [emulator]: service('STRIPE_EMULATOR_PORT') };

    test('starts it first and tells payments alone how to reach it', async () => {
      const running = await start({}, built);
      expect(running.processes[0]?.label).toBe('stripe-1');
      const [stripe, payments, letters] = await Promise.all(
        ['stripe-1', 'payments-1', 'letters-1'].map((label) => settingsOf(running, label)),
      );
      const shared = {
        STRIPE_SECRET_KEY: 'sk_test_emulator',
        STRIPE_WEBHOOK_SECRET: stripe?.['STRIPE_WEBHOOK_SECRET'],
      };
      expect(payments).toMatchObject({ ...shared, STRIPE_API_URL: running.processes[0]?.origin });
      expect(stripe).toMatchObject({
        ...shared,
        STRIPE_WEBHOOK_SECRET: expect.stringMatching(/^whsec_.{43}$/),
        STRIPE_WEBHOOK_URL: running.gateways[0]?.replace('/graphql', '/webhooks/stripe'),
      });
      expect(Object.keys(letters ?? {}).filter((key) => key.startsWith('STRIPE'))).toEqual([]);
    });

    test('kills it and starts it anew where it was', async () => {
      const running = await start({}, built);
      const [before] = running.processes;
      await running.kill('stripe', 0);
      await running.restart('stripe', 0);
      const [after] = running.processes;
      expect([after?.origin, after?.pid === before?.pid]).toEqual([before?.origin, false]);
      expect(await settingsOf(running, 'stripe-1')).toMatchObject({ STRIPE_SECRET_KEY: 'sk_test_emulator' });
    });

    test('takes another port when the wanted one is taken', async () => {
      const first = await start({}, built);
      const taken = Number(new URL(first.processes[0]?.origin ?? '').port);
      const second = await start({ stripePort: taken }, built);
      expect(second.processes[0]?.origin).not.toBe(first.processes[0]?.origin);
    });

    test.each([{ STRIPE_SECRET_KEY: 'sk_test_of_somebody' }, { NODE_ENV: 'production' }])(
      'does not start it with %o',
      async (settings) => {
        const running = await start({ settings }, built);
        expect(running.processes.map(({ name }) => name)).not.toContain('stripe');
        expect(await settingsOf(running, 'payments-1')).toMatchObject(settings);
      },
    );
  });

  test('kills one replica and leaves the others alone', async () => {
    const onDeath = vi.fn();
    const running = await start({ replicas: { letters: 2 }, onDeath });
    await running.kill('letters', 0);
    expect(running.processes.filter(({ hasEnded }) => hasEnded).map(({ label }) => label)).toEqual(['letters-1']);
    await expect(running.kill('letters', 2)).rejects.toThrow('There is no letters number 2');
    expect(onDeath).not.toHaveBeenCalled();
  });

  test('reports a process that ends by itself', async () => {
    const died = Promise.withResolvers<string>();
    const running = await start({ onDeath: (label, reason) => died.resolve(`${label}: ${reason}`) });
    const letters = running.processes.find(({ name }) => name === 'letters');
    await fetch(`${letters?.origin}/die`).catch(() => {});
    expect(await died.promise).toBe('letters-1: exit code 3');
  });

  test('passes on what each process prints, and stops them by SIGTERM', async () => {
    const lines: string[] = [];
    const running = await start({ onLine: (label, line) => lines.push(`${label} ${line}`) });
    await running.stop();
    await vi.waitFor(() => expect(lines.filter((line) => line.endsWith('told to stop'))).toHaveLength(3));
    expect(lines.filter((line) => line.includes('listening on'))).toHaveLength(3);
    expect(running.processes.every(({ hasEnded }) => hasEnded)).toBe(true);
  });

  test('leaves no service behind when the starter is killed', async () => {
    const project = await createProject();
    cleanUp.push(() => project.remove());
    const starter = fork(fileURLToPath(new URL('./starter.ts', import.meta.url)), [project.folder], {
      execArgv: ['--no-warnings', '--experimental-transform-types', '--import', RUN_TYPESCRIPT],
    });
    cleanUp.push(async () => void starter.kill('SIGKILL'));
    const [pids] = (await once(starter, 'message')) as [number[]];
    expect(pids).toHaveLength(3);
    starter.kill('SIGKILL');
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 10_000 });
  });

  test('says which service does not come up, and leaves none behind', async () => {
    const pids: string[] = [];
    const failing = { 'subgraphs/letters/dist/main.js': 'process.exit(4);' };
    const starting = start({ onLine: (label) => pids.push(label) }, failing);
    await expect(starting).rejects.toThrow('letters-1 ended while it started: exit code 4');
    expect(pids).toEqual(['accounts-1', 'accounts-1']);
  });

  test('gives up when it is told to', async () => {
    const giveUp = new AbortController();
    const never = { 'subgraphs/letters/dist/main.js': "console.log('slow'); setInterval(() => {}, 1000);" };
    const onLine = (label: string): void => {
      if (label === 'letters-1') giveUp.abort(new Error('enough'));
    };
    await expect(start({ signal: giveUp.signal, onLine }, never)).rejects.toThrow('enough');
  });

  test('passes on why the database cannot be migrated', async () => {
    const broken = { 'kit/dist/tools/migrate.js': "process.stderr.write('No database\\n'); process.exit(1);" };
    await expect(start({}, broken)).rejects.toThrow(/^No database$/);
  });

  test('refuses replicas of a service that is not there', async () => {
    await expect(start({ replicas: { parcels: 2 } })).rejects.toThrow(
      'There is no service parcels; there are gateway, accounts, letters',
    );
  });
});
