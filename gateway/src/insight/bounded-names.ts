/** What stands for every name beyond the bound. */
export const OTHER = 'other';

/** Lets so many different names through, those that come first; whoever invents names makes no more series than that. */
export class BoundedNames {
  private readonly known = new Set<string>();

  constructor(private readonly most: number) {}

  /** The name itself, or `other`. */
  of(name: string): string {
    if (this.known.has(name)) return name;
    if (this.known.size >= this.most) return OTHER;
    this.known.add(name);
    return name;
  }
}
