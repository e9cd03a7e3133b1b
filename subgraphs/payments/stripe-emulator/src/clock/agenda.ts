import { PLATFORM } from '../store/ids.js';
import type { Store } from '../store/store.js';
import type { Task } from '../store/tables.js';

/** Tasks of one clock by the time at which they are due: a binary heap over what the store keeps. */
export class Agenda {
  private readonly heap: Task[] = [];

  constructor(private readonly store: Store) {}

  add(task: Task): void {
    this.heap.push(task);
    for (let index = this.heap.length - 1; index > 0; ) {
      const parent = (index - 1) >>> 1;
      if (!this.isEarlier(index, parent)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  /** The task that is due next, without those that were taken back. */
  next(): Task | undefined {
    while (this.heap[0] && !this.store.find('task', PLATFORM, this.heap[0].id)) this.removeFirst();
    return this.heap[0];
  }

  private removeFirst(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    for (let index = 0; ; ) {
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < this.heap.length && this.isEarlier(child, least)) least = child;
      }
      if (least === index) return;
      this.swap(index, least);
      index = least;
    }
  }

  private isEarlier(one: number, other: number): boolean {
    return (this.heap[one]?.at ?? 0) < (this.heap[other]?.at ?? 0);
  }

  private swap(one: number, other: number): void {
    const [first, second] = [this.heap[one], this.heap[other]];
    if (first && second) [this.heap[one], this.heap[other]] = [second, first];
  }
}
