import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Load, Round } from './load.js';

/** A POST request that is sent again and again. */
export interface HttpRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Characters of the right answer: one of another length means that something was refused, and ends the bench. */
  answerLength: number;
}

/** A load of requests. */
export interface HttpLoad extends Load {
  close(): Promise<void>;
}

/** What the thread answers when it is given limits. */
export type HttpLoadAnswer = { round: Round } | { failure: string };

/** Requests on kept-alive connections, sent by a thread of its own, so that the client's work is not the server's. */
export function requests(request: HttpRequest): HttpLoad {
  const worker = new Worker(new URL('./http-load-worker.js', import.meta.url), { workerData: request });
  return {
    async round(limits) {
      worker.postMessage(limits);
      const [answer]: HttpLoadAnswer[] = await once(worker, 'message');
      if (answer && 'round' in answer) return answer.round;
      throw new Error(answer?.failure ?? 'The thread that sends requests did not answer');
    },
    async close() {
      await worker.terminate();
    },
  };
}
