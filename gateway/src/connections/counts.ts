/** How many of something each of many has, who are known as long as they have one. */
export class Counts {
  private readonly counts = new Map<string, number>();

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  increase(name: string): void {
    this.counts.set(name, this.of(name) + 1);
  }

  decrease(name: string): void {
    const others = this.of(name) - 1;
    if (others > 0) this.counts.set(name, others);
    else this.counts.delete(name);
  }
}
