import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process to start. */
export interface ServiceProcessOptions {
  /** `gateway`, or the room's name. */
  name: string;
  /** Which replica, from 0. */
  index: number;
  port: number;
  /** The file that Node runs. */
  entry: string;
  folder: string;
  environment: Record<string, string | undefined>;
  onLine(label: string, line: string): void;
  /** Called when the process ends without having been told to. */
  onDeath(label: string, reason: string): void;
}

const POLL_MS = 50;
/**
 * Run in each service before its own code: standard input is a pipe that ends with the starter, also when the starter
 * is killed, and the service stops then as if told to. Threads inherit this line and have an input of their own.
 */
const STOP_WITH_STARTER = `data:text/javascript,${encodeURIComponent(`
  import { isMainThread } from 'node:worker_threads';
  const stop = () => process.kill(process.pid, 'SIGTERM');
  if (isMainThread) process.stdin.on('end', stop).on('error', stop).resume().unref();
`)}`;
const STOPPED_WITHIN_MS = 35_000;

/** One replica of one service, as a process of its own. */
export class ServiceProcess {
  readonly name: string;
  readonly index: number;
  /** `http://host:port`, without a path. */
  readonly origin: string;
  readonly label: string;
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  private isWanted = true;

  constructor(options: ServiceProcessOptions) {
    this.name = options.name;
    this.index = options.index;
    this.origin = `http://127.0.0.1:${options.port}`;
    this.label = `${options.name}-${options.index + 1}`;
    // A group of its own: Ctrl-C at the terminal reaches the starter only, which then stops the services in order.
    this.child = spawn(process.execPath, ['--enable-source-maps', '--import', STOP_WITH_STARTER, options.entry], {
      cwd: options.folder,
      env: { ...options.environment, PORT: String(options.port), HOST: '127.0.0.1' },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => options.onLine(this.label, line));
    }
    this.ended = once(this.child, 'exit').then(() => {
      if (this.isWanted) options.onDeath(this.label, this.reason());
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** @throws Error when the process ends or the time is over before `/health/ready` says yes */
  async ready(withinMs: number, signal?: AbortSignal): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!(await this.answersReady())) {
      signal?.throwIfAborted();
      if (this.hasEnded) throw new Error(`${this.label} ended while it started: ${this.reason()}`);
      if (performance.now() > deadline) throw new Error(`${this.label} is not ready after ${withinMs / 1000} s`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Ends it as a crash would, and resolves when it is gone. */
  async kill(): Promise<void> {
    this.isWanted = false;
    if (!this.hasEnded) this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Lets it finish what it has begun; kills it when that takes too long. */
  async stop(): Promise<void> {
    this.isWanted = false;
    if (this.hasEnded) return;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOPPED_WITHIN_MS);
    await this.ended;
    clearTimeout(timer);
  }

  private async answersReady(): Promise<boolean> {
    try {
      const response = await fetch(`${this.origin}/health/ready`, { signal: AbortSignal.timeout(3_000) });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  private reason(): string {
    const { exitCode, signalCode } = this.child;
    return signalCode ? `signal ${signalCode}` : `exit code ${exitCode}`;
  }
}
