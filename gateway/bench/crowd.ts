import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CrowdAnswer, CrowdOrder } from './crowd-process.ts';
import type { FrameSubscription } from './frame-client.ts';

/** Many subscribers in a process of their own. */
export class Crowd {
  private readonly child: ChildProcess;
  private readonly waiting: ((answer: CrowdAnswer) => void)[] = [];
  private readonly answers: CrowdAnswer[] = [];

  constructor() {
    this.child = fork(fileURLToPath(new URL('./crowd-process.ts', import.meta.url)), {
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    this.child.on('message', (answer: CrowdAnswer) => {
      const waiting = this.waiting.shift();
      if (waiting) waiting(answer);
      else this.answers.push(answer);
    });
  }

  async connect(subscriptions: FrameSubscription[]): Promise<void> {
    this.order({ kind: 'connect', subscriptions });
    await this.answer();
  }

  /** Starts to count; what is called then gives the news when all have heard it. */
  async listen(order: Omit<Extract<CrowdOrder, { kind: 'listen' }>, 'kind'>): Promise<() => Promise<Heard>> {
    this.order({ kind: 'listen', ...order });
    await this.answer();
    return async () => {
      const heard = await this.answer();
      if (heard.kind !== 'heard') throw new Error(`Expected news, got ${heard.kind}`);
      return heard;
    };
  }

  close(): void {
    this.child.disconnect();
  }

  private order(order: CrowdOrder): void {
    this.child.send(order);
  }

  private async answer(): Promise<CrowdAnswer> {
    const answer = this.answers.shift() ?? (await new Promise<CrowdAnswer>((resolve) => this.waiting.push(resolve)));
    if (answer.kind === 'failed') throw new Error(answer.reason);
    return answer;
  }
}

/** When news was heard, and what it said. */
export type Heard = Extract<CrowdAnswer, { kind: 'heard' }>;
