import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';

/** A plan is tens of kilobytes in each of the server's processes that keep it. */
const MOST_NAMES = 200;
/** What is asked once or twice is not worth one of the names. */
const NAMED_AT_USE = 3;

/** Gives statements that come again the names under which connections keep them; no more than the server should hold. */
export class PreparedNames {
  private readonly names = new Map<string, string>();
  private readonly uses = new LRUCache<string, number>({ max: 2_000 });

  /** @param most how many statements are named at all. @default 200 */
  constructor(private readonly most = MOST_NAMES) {}

  /** The statement's name; undefined while it is not prepared. */
  of(text: string): string | undefined {
    const known = this.names.get(text);
    if (known || this.names.size >= this.most) return known;
    const uses = (this.uses.get(text) ?? 0) + 1;
    if (uses < NAMED_AT_USE) {
      this.uses.set(text, uses);
      return undefined;
    }
    this.uses.delete(text);
    // By its text alone: poolers that share connections among processes would mix up names that are counted.
    const name = `read_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
    this.names.set(text, name);
    return name;
  }
}

const byPool = new WeakMap<object, PreparedNames>();

/**
 * The name of a statement on the connections of a pool; undefined where it is not prepared. On the embedded database, which
 * is behind a socket's folder, none is: its clients share one session, where equal names of two of them clash.
 */
export function preparedName({ options }: { options: pg.PoolOptions }, text: string): string | undefined {
  if (options.host?.startsWith('/')) return undefined;
  const names = byPool.get(options) ?? new PreparedNames();
  byPool.set(options, names);
  return names.of(text);
}
