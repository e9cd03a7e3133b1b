import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Answers } from './watched.ts';

/** What a measured program is started with. */
export interface Program {
  /** What stands after `node`. */
  args: readonly string[];
  env?: Record<string, string>;
}

const WATCHED = fileURLToPath(new URL('./watched.ts', import.meta.url));
const READY_WITHIN_MS = 120_000;
const TRY_EACH_MS = 100;

/** A program in a process of its own that tells what it uses. It ends with this process. */
export class Child {
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  /** Starts a program, in production as all of them are. What it prints goes to standard error. */
  static start({ args, env = {} }: Program): Child {
    const child = spawn(process.execPath, ['--import', WATCHED, ...args], {
      // biome-ignore lint/style/noProcessEnv: nothing is read, all is passed on with some keys more
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    return new Child(child);
  }

  /** Resolves once something answers at the address. @throws Error when the program ends or nothing does in two minutes */
  async answers(url: string): Promise<void> {
    const giveUpAt = performance.now() + READY_WITHIN_MS;
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query: '{ __typename }' });
    while (performance.now() < giveUpAt) {
      if (this.child.exitCode !== null)
        throw new Error(`${this.name} ended with ${this.child.exitCode}; see above why`);
      const response = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, TRY_EACH_MS));
    }
    throw new Error(`${this.name} does not answer at ${url}`);
  }

  /** What it has used, as its own process knows it. */
  async ask<Ask extends keyof Answers>(ask: Ask): Promise<Answers[Ask]> {
    this.child.send(ask);
    const [answer]: Pick<Answers, Ask>[] = await once(this.child, 'message');
    if (!answer) throw new Error(`${this.name} did not tell its ${ask}`);
    return answer[ask];
  }

  /** Ends it as an operator would. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }

  private get name(): string {
    return this.child.spawnargs.slice(1).join(' ');
  }
}

/** A port that nothing listens at now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
