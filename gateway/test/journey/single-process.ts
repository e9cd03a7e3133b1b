import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectFolder } from './built-project.js';

const STRIPE = /Stripe emulator: (\S+),/;
const READY = /Tutorgraph is ready: (\S+)/;

/** `npm start` without the build: the whole graph in one process, with settings of its own and no others. */
export class SingleProcess {
  /** All that it has printed. */
  output = '';
  /** What of it went to standard error. */
  problems = '';
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  private readonly child: ChildProcess;

  /** @param folder where it starts, so that no `.env` of the project is read */
  constructor(folder: string, settings: Record<string, string>) {
    this.child = spawn(
      process.execPath,
      ['--enable-source-maps', join(projectFolder, 'gateway/dist/single-process.js')],
      {
        cwd: folder,
        // What the assistant knows takes seconds to read in, at each first start.
        env: { PORT: '0', STRIPE_EMULATOR_PORT: '0', DEMO: 'false', ASSISTANT_KNOWLEDGE: 'none', ...settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.child.stdout?.on('data', (chunk: Buffer) => this.note(chunk));
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.problems += chunk.toString();
      this.note(chunk);
    });
    this.exited = once(this.child, 'close').then(([code, signal]) => ({ code, signal }));
  }

  /** Resolves with the address of `/graphql`. @throws Error with what it printed when it ends before */
  async ready(): Promise<string> {
    const ended = this.exited.then(({ code, signal }) => {
      throw new Error(`It ended with ${signal ?? code}: ${this.output}`);
    });
    for (;;) {
      const address = READY.exec(this.output)?.[1];
      if (address !== undefined) return address;
      await Promise.race([once(this.child, 'output'), ended]);
    }
  }

  /** The Stripe emulator in it, once it is ready. */
  get stripeUrl(): string {
    return STRIPE.exec(this.output)?.[1] ?? '';
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: string | null }> {
    this.child.kill(signal);
    return this.exited;
  }

  private note(chunk: Buffer): void {
    this.output += chunk.toString();
    this.child.emit('output');
  }
}
