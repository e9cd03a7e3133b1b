import { parentPort, workerData } from 'node:worker_threads';
import type { BusySpan, IcsReading } from './busy-from-ics.js';

/** What the worker is given. */
export interface IcsWork {
  reading: IcsReading;
  /** Under test this file is TypeScript, and so is what it imports; Node strips both itself. */
  extension: string;
}

/** What the worker found: when somebody is busy, or by its name why it could not tell. */
export type IcsOutcome = { spans: BusySpan[] } | { failure: string };

// The one who starts this thread sets what it is given.
const { reading, extension } = workerData as IcsWork;

async function read(): Promise<IcsOutcome> {
  const path = new URL(`./busy-from-ics.${extension}`, import.meta.url).href;
  const module = (await import(path)) as typeof import('./busy-from-ics.js');
  try {
    return { spans: module.busyFromIcs(reading) };
  } catch (error) {
    return { failure: error instanceof Error ? error.name : 'Error' };
  }
}

parentPort?.postMessage(await read());
