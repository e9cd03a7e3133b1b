import { createHash } from 'node:crypto';
import { demoId } from '@tutorgraph/kit/demo/demo-id';

/** Ids of the demo's rows: the same for the same seed, as long as they are asked for in the same order. */
export class DemoIds {
  private readonly counts = new Map<string, number>();

  constructor(private readonly seed: number) {}

  /** The next id of a kind. */
  next(kind: string): string {
    const count = this.counts.get(kind) ?? 0;
    this.counts.set(kind, count + 1);
    return demoId(this.seed, `learning:${kind}`, count);
  }

  /** An id whose place among the others says nothing, for what must not be told by its order. */
  unordered(kind: string): string {
    const digest = createHash('sha256').update(this.next(kind)).digest('hex');
    const parts = [digest.slice(0, 8), digest.slice(8, 12), `4${digest.slice(13, 16)}`, `8${digest.slice(17, 20)}`];
    return [...parts, digest.slice(20, 32)].join('-');
  }
}
