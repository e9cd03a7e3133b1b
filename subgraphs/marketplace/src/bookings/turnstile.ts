/** Lets so many through at a time for each key; the others wait in their order. Hand-written: it is shorter than its use. */
export class Turnstile {
  private readonly queues = new Map<string, { inside: number; waiting: (() => void)[] }>();

  /** @param most how many at a time for one key */
  constructor(private readonly most: number) {}

  /** Does the work when its turn has come. */
  async pass<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const queue = this.queues.get(key) ?? { inside: 0, waiting: [] };
    this.queues.set(key, queue);
    if (queue.inside < this.most) queue.inside++;
    else await new Promise<void>((resolve) => queue.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.waiting.shift();
      // Whoever is next takes this one's place.
      if (next) next();
      else if (--queue.inside === 0) this.queues.delete(key);
    }
  }
}
