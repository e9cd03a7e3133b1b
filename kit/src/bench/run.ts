import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Entry } from './compare.js';
import type { BenchReport } from './run-file.js';

const FILES = '{kit,gateway,subgraphs/*}/bench/*.bench.ts';

/** The bench files of a project whose path holds one of the words; all without words. */
export function findBenches(folder: string, words: readonly string[]): string[] {
  const files = globSync(FILES, { cwd: folder }).sort();
  return words.length === 0 ? files : files.filter((file) => words.some((word) => file.includes(word)));
}

/** What one bench file measured. */
export interface BenchResult {
  file: string;
  entries: Entry[];
  /** It ended otherwise than by coming to its end. */
  crashed: boolean;
}

/** Runs bench files, each in a process of its own, whose temporary files are removed however it ends. */
export class BenchRunner {
  private child: ChildProcess | undefined;

  /** @param onMeasuring told what is being measured now */
  constructor(
    private readonly folder: string,
    private readonly onMeasuring: (file: string, name: string) => void,
  ) {}

  async run(file: string): Promise<BenchResult> {
    const temporary = await mkdtemp(join(tmpdir(), 'tutorgraph-bench-'));
    try {
      return await this.runIn(temporary, file);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }

  /** Ends the file that runs now. */
  stop(): void {
    this.child?.kill('SIGKILL');
  }

  private async runIn(temporary: string, file: string): Promise<BenchResult> {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const program = fileURLToPath(new URL(`./run-file.${extension}`, import.meta.url));
    // What a bench prints belongs to the progress, not to the table.
    const child = fork(program, [join(this.folder, file)], {
      // biome-ignore lint/style/noProcessEnv: nothing is read, all is passed on with one key more
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    this.child = child;
    const entries: Entry[] = [];
    child.on('message', (report: BenchReport) => {
      if ('entry' in report) entries.push(report.entry);
      else this.onMeasuring(file, report.measuring);
    });
    const [code] = await once(child, 'close');
    return { file, entries, crashed: code !== 0 };
  }
}
