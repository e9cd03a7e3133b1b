import type { Logger } from '../telemetry/logger.js';

interface Owned {
  name: string;
  close: () => unknown;
  deadlineMs: number;
}

/** How a lifecycle closes. */
export interface LifecycleOptions {
  /** How long each closing may take before it is left behind. @default 10000 */
  deadlineMs?: number;
}

/**
 * Everything that a process or room has opened, so that it is closed in reverse order. A closing that fails or takes
 * too long is logged and does not keep the others from closing.
 */
export class Lifecycle {
  private readonly owned: Owned[] = [];
  private closing: Promise<void> | undefined;
  private readonly failed: string[] = [];

  constructor(
    private readonly logger: Logger,
    private readonly options: LifecycleOptions = {},
  ) {}

  /**
   * Registers how to close what was just opened. What is opened while the lifecycle closes is closed at once.
   *
   * @param deadlineMs how long this closing may take, when not as long as the others
   */
  own(name: string, close: () => unknown, deadlineMs = this.options.deadlineMs ?? 10_000): void {
    const opened = { name, close, deadlineMs };
    if (this.closing) this.closing = this.closing.then(() => this.end(opened));
    else this.owned.push(opened);
  }

  /** True from the first call of {@link close}. */
  get isClosing(): boolean {
    return this.closing !== undefined;
  }

  /** Names of what could not be closed properly. */
  get failures(): readonly string[] {
    return this.failed;
  }

  /** Closes everything, the newest first; further calls wait for the same. Never rejects, see {@link failures}. */
  close(): Promise<void> {
    this.closing ??= this.endAll();
    return this.closing;
  }

  private async endAll(): Promise<void> {
    for (let last = this.owned.pop(); last; last = this.owned.pop()) await this.end(last);
  }

  private async end({ name, close, deadlineMs }: Owned): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not closed within ${deadlineMs} ms`)), deadlineMs);
    });
    try {
      await Promise.race([(async () => close())(), deadline]);
    } catch (err) {
      this.failed.push(name);
      this.logger.error({ err, part: name }, 'Could not close a part properly');
    } finally {
      clearTimeout(timer);
    }
  }
}
