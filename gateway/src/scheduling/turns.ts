import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longer than this nothing else should have to wait for work that is not urgent, in milliseconds. */
const LONGEST_TURN_MS = 10;

/**
 * Does work for each item without keeping the event loop from other things: it pauses between items as soon as a few
 * milliseconds are used up.
 */
export async function inTurns<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void> {
  let began = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - began < LONGEST_TURN_MS) continue;
    await nextTurn();
    began = performance.now();
  }
}

/** Does all steps of some work now. */
export function atOnce<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does the steps of some work one by one; whatever else waits goes on between them. */
export async function betweenTurns<Result>(steps: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}
