import type { GraphOperation } from '../execution/graph-executor.js';
import type { OperationObserver } from '../operations/operation-observer.js';
import type { ReadOperation } from '../operations/read-operation.js';

/** An operation of a document that was asked for. */
export type HotOperation = Pick<ReadOperation, 'document' | 'key' | 'operationName' | 'definition'>;

interface Counted {
  operation: HotOperation;
  uses: number;
}

/** Most operations that are counted; far more than are warmed. */
const MOST_COUNTED = 5_000;
/** What was asked for long ago counts half as much with each such period. */
const HALVED_EVERY_MS = 5 * 60_000;

/** Counts which operations are asked for most, of late. */
export class HotOperations implements OperationObserver {
  private readonly counted = new Map<string, Counted>();
  private halvedAt = performance.now();

  began(): ReturnType<OperationObserver['began']> {
    return ({ operation }) => {
      if (operation) this.count(operation);
    };
  }

  /** Those that were asked for most, the hottest first. */
  hottest(most: number): HotOperation[] {
    const ordered = [...this.counted.values()].sort((one, other) => other.uses - one.uses);
    return ordered.slice(0, most).map(({ operation }) => operation);
  }

  private count({ document, key, operationName, definition }: ReadOperation): void {
    if (performance.now() - this.halvedAt > HALVED_EVERY_MS) this.halve();
    const name = keyOf({ key, operationName });
    const known = this.counted.get(name);
    if (known) known.uses += 1;
    else if (this.counted.size < MOST_COUNTED) {
      this.counted.set(name, { operation: { document, key, operationName, definition }, uses: 1 });
    }
  }

  private halve(): void {
    this.halvedAt = performance.now();
    for (const [name, counted] of this.counted) {
      counted.uses /= 2;
      if (counted.uses < 1) this.counted.delete(name);
    }
  }
}

function keyOf({ key, operationName }: Pick<GraphOperation, 'key' | 'operationName'>): string {
  return operationName === undefined ? key : `${key} ${operationName}`;
}
