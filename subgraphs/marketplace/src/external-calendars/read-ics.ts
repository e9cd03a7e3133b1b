import { Worker } from 'node:worker_threads';
import type { BusySpan, IcsReading } from './busy-from-ics.js';
import type { IcsOutcome, IcsWork } from './ics-worker.js';

/** Why a calendar's document could not be read. */
export type IcsFailure = 'NOT_A_CALENDAR' | 'TOO_LARGE';

/** A document that could not be read. */
export class IcsError extends Error {
  override readonly name = 'IcsError';

  constructor(readonly code: IcsFailure) {
    super(code);
  }
}

const TIMEOUT_MS = 20_000;
const MEMORY_MB = 256;

/**
 * Reads a stranger's calendar in a thread of its own: however it is made, it takes neither the event loop nor more than so
 * much time and memory.
 *
 * @throws IcsError
 */
export async function readIcs(reading: IcsReading): Promise<BusySpan[]> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const work: IcsWork = { reading, extension };
  const worker = new Worker(new URL(`./ics-worker.${extension}`, import.meta.url), {
    workerData: work,
    execArgv: [],
    name: 'read-ics',
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  try {
    const outcome = await outcomeOf(worker);
    if ('spans' in outcome) return outcome.spans;
    throw new IcsError(outcome.failure === 'NotACalendarError' ? 'NOT_A_CALENDAR' : 'TOO_LARGE');
  } finally {
    await worker.terminate();
  }
}

function outcomeOf(worker: Worker): Promise<IcsOutcome> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ failure: 'Timeout' }), TIMEOUT_MS);
    const end = (finish: () => void) => {
      clearTimeout(timer);
      finish();
    };
    worker.once('message', (outcome: IcsOutcome) => end(() => resolve(outcome)));
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve({ failure: 'Memory' }) : reject(error))),
    );
  });
}
