/**
 * An iterable that is fed from callbacks. Unlike a generator it hears `return` while it waits for a value, so that a
 * quiet stream ends at once.
 */
export class PushStream<Value> implements AsyncIterableIterator<Value, undefined> {
  private readonly values: Value[] = [];
  private waiting: Waiting<Value>[] = [];
  private ending: { error: unknown } | 'ended' | undefined;

  /** @param onReturn called once when the reader leaves before the end */
  constructor(private readonly onReturn: () => void = () => {}) {}

  /** How many values wait to be read. */
  get size(): number {
    return this.values.length;
  }

  push(value: Value): void {
    if (this.ending) return;
    const reader = this.waiting.shift();
    if (reader) reader.resolve({ done: false, value });
    else this.values.push(value);
  }

  /** Ends after what was pushed has been read. */
  end(): void {
    this.settle('ended');
  }

  /** Throws after what was pushed has been read, or at once when that is dropped. */
  fail(error: unknown, { dropValues = false } = {}): void {
    if (dropValues) this.values.length = 0;
    this.settle({ error });
  }

  async next(): Promise<IteratorResult<Value, undefined>> {
    const [value] = this.values.splice(0, 1);
    if (value !== undefined) return { done: false, value };
    if (this.ending) return this.lastResult();
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  async return(): Promise<IteratorResult<Value, undefined>> {
    const early = !this.ending;
    this.values.length = 0;
    this.settle('ended');
    this.ending = 'ended';
    if (early) this.onReturn();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<Value, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private settle(ending: { error: unknown } | 'ended'): void {
    if (this.ending) return;
    this.ending = ending;
    const waiting = this.waiting;
    this.waiting = [];
    for (const reader of waiting) this.lastResult().then(reader.resolve, reader.reject);
  }

  private async lastResult(): Promise<IteratorResult<Value, undefined>> {
    const ending = this.ending;
    this.ending = 'ended';
    if (typeof ending === 'object') throw ending.error;
    return { done: true, value: undefined };
  }
}

interface Waiting<Value> {
  resolve: (result: IteratorResult<Value, undefined>) => void;
  reject: (error: unknown) => void;
}
