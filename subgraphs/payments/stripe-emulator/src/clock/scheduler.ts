import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Resource } from '../resources/resource.js';
import { PLATFORM } from '../store/ids.js';
import type { Store } from '../store/store.js';
import type { Task } from '../store/tables.js';
import type { Transaction } from '../store/transaction.js';
import { Agenda } from './agenda.js';
import type { Clock } from './clock.js';

type Transact = (account: string, at: number, work: (tx: Transaction) => void) => void;

// A longer timer would fire at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Does what comes due: by a timer while the emulator runs, and by hand when a clock is moved. */
export class Scheduler {
  private readonly agendas = new Map<string | null, Agenda>();
  private readonly tasks: NonNullable<Resource['tasks']>;
  private timer: NodeJS.Timeout | undefined;
  private isStarted = false;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly transact: Transact,
    resources: readonly Resource[],
    private readonly logger: Logger,
  ) {
    this.tasks = Object.assign({}, ...resources.map(({ tasks }) => tasks));
    for (const task of store.rows('task', PLATFORM)) this.agenda(task.testClock).add(task);
    store.onCommit((changes) => {
      for (const [kind, , id] of changes) {
        const task = kind === 'task' && store.find('task', PLATFORM, id);
        if (task) this.note(task);
      }
    });
  }

  start(): void {
    this.isStarted = true;
    this.setTimer();
  }

  stop(): void {
    this.isStarted = false;
    clearTimeout(this.timer);
  }

  /** Does everything that is due by the emulator's own clock. */
  runDue(): void {
    this.runUntil(null, this.clock.now());
    this.setTimer();
  }

  /**
   * Does everything that one clock makes due until a time, in the order of times, also what is asked for meanwhile.
   *
   * @param testClock its id; null: the emulator's own
   * @param until unix seconds
   */
  runUntil(testClock: string | null, until: number): void {
    const agenda = this.agenda(testClock);
    for (let task = agenda.next(); task && task.at <= until; task = agenda.next()) this.run(task);
  }

  private run({ id, at, task, subject, account }: Task, run = this.tasks[task]): void {
    try {
      this.transact(account, at, (tx) => {
        const due = tx.in(PLATFORM).find('task', id);
        tx.in(PLATFORM).remove('task', id);
        if (due) run?.(tx, subject, due);
      });
    } catch (err) {
      this.logger.error({ err, task, subject }, 'A task failed and is given up');
      this.store.commit((changes) => changes.remove('task', PLATFORM, id));
    }
  }

  private note(task: Task): void {
    this.agenda(task.testClock).add(task);
    if (task.testClock === null) this.setTimer();
  }

  private setTimer(): void {
    clearTimeout(this.timer);
    const next = this.isStarted && this.agenda(null).next();
    if (!next) return;
    const wait = Math.max(0, next.at * 1_000 - this.clock.milliseconds());
    this.timer = setTimeout(() => this.runDue(), Math.min(wait, LONGEST_TIMER_MS)).unref();
  }

  private agenda(testClock: string | null): Agenda {
    let agenda = this.agendas.get(testClock);
    if (!agenda) {
      agenda = new Agenda(this.store);
      this.agendas.set(testClock, agenda);
    }
    return agenda;
  }
}
