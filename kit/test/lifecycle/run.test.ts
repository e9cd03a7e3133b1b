import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';

/** Lets Node run our TypeScript as it stands: files import each other by the name that they have once compiled. */
const RESOLVE_SOURCES = `data:text/javascript,import { registerHooks } from 'node:module';
registerHooks({ resolve(specifier, context, next) {
  const isOurs = specifier.startsWith('.') && !context.parentURL?.includes('node_modules');
  return next(isOurs ? specifier.replace(/\\.js$/, '.ts') : specifier, context);
} })`;

class Fixture {
  output = '';
  readonly exited: Promise<{ code: number | null; output: string }>;
  private readonly child: ChildProcess;

  constructor(...parameters: string[]) {
    const file = fileURLToPath(new URL('./process-fixture.ts', import.meta.url));
    const flags = ['--no-warnings', '--experimental-transform-types', '--import', RESOLVE_SOURCES];
    this.child = spawn(process.execPath, [...flags, file, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
    const collect = (chunk: Buffer) => {
      this.output += chunk.toString();
      this.child.emit('output');
    };
    this.child.stdout?.on('data', collect);
    this.child.stderr?.on('data', collect);
    this.exited = once(this.child, 'close').then(([code]) => ({ code, output: this.output }));
  }

  async says(text: string): Promise<void> {
    while (!this.output.includes(text)) await once(this.child, 'output');
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

const fixtures: Fixture[] = [];
function start(...parameters: string[]): Fixture {
  const fixture = new Fixture(...parameters);
  fixtures.push(fixture);
  return fixture;
}
afterEach(() => {
  for (const fixture of fixtures.splice(0)) fixture.kill('SIGKILL');
});

describe('a process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('drains on %s and exits with 0', async (signal) => {
    const child = start('well');
    await child.says('ready');
    child.kill(signal);
    const { code, output } = await child.exited;
    expect(output).toContain('part closed');
    expect(output).toContain('Stopped');
    expect(code).toBe(0);
  });

  test('exits at once on the second signal', async () => {
    const child = start('endless');
    await child.says('ready');
    child.kill('SIGTERM');
    await child.says('part closed');
    child.kill('SIGINT');
    expect((await child.exited).code).toBe(130);
  });

  test('exits with 1 and says which part could not be closed', async () => {
    const child = start('broken');
    await child.says('ready');
    child.kill('SIGTERM');
    const { code, output } = await child.exited;
    expect(output).toContain('"part":"part"');
    expect(code).toBe(1);
  });

  test('logs a fault that nobody caught, drains and exits with 1', async () => {
    const { code, output } = await start('fault').exited;
    expect(output).toContain('nobody caught this');
    expect(output).toContain('part closed');
    expect(code).toBe(1);
  });

  test('can be stopped while it starts', async () => {
    const child = start('slow');
    await child.says('opened');
    child.kill('SIGTERM');
    const { code, output } = await child.exited;
    expect(output).toContain('part closed');
    expect(code).toBe(0);
  });

  test('that finds its port in use closes what it opened and prints one line that says what to do', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, output } = await start('well', String(port)).exited;
    expect(output).toBe(`part closed\nPort ${port} is in use by another process; stop it or set PORT\n`);
    expect(code).toBe(1);
    server.close();
  });
});
