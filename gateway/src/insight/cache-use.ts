/** How often a cache had what was looked for. */
export class CacheUse {
  private hitCount = 0;
  private missCount = 0;

  /** @param entries tells how many entries there are */
  constructor(private readonly entries: () => number) {}

  get hits(): number {
    return this.hitCount;
  }

  get misses(): number {
    return this.missCount;
  }

  get size(): number {
    return this.entries();
  }

  looked(wasThere: boolean): void {
    if (wasThere) this.hitCount += 1;
    else this.missCount += 1;
  }
}
