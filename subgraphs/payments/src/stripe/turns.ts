/** Lets so many at work at once; some more wait, in order, and the rest are sent away. */
export class Turns {
  private atWork = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limits: { atWork: number; waiting: number }) {}

  /** Does the work when it is its turn. @returns undefined, at once, when too many wait already */
  async take<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (this.atWork < this.limits.atWork) this.atWork += 1;
    else if (this.waiting.length < this.limits.waiting) await new Promise<void>((turn) => this.waiting.push(turn));
    else return undefined;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The next one takes the place over, so that nobody slips in between.
      if (next) next();
      else this.atWork -= 1;
    }
  }
}
