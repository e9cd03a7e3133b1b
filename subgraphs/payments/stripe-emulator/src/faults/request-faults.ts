/** What goes wrong with a request. */
export type RequestFaultKind =
  /** It is answered with 500 and nothing has happened. */
  | 'FAIL_BEFORE'
  /** It is answered with 500 and everything has happened. */
  | 'FAIL_AFTER_COMMIT'
  /** The connection ends without an answer and everything has happened. */
  | 'HANG_UP'
  /** It is answered with 429 and nothing has happened. */
  | 'RATE_LIMIT'
  /** It takes longer; with an idempotency key, another request with that key meets it. */
  | 'SLOW';

/** Which requests go wrong, how, and how often. */
export interface RequestFault {
  /** @default any */
  method?: string | undefined;
  /** The beginning of a path, or a pattern with `*` for any part of one. */
  path: string;
  kind: RequestFaultKind;
  /** How many requests. @default 1 */
  times?: number | undefined;
  /** How long a request waits before it begins. @default 0 */
  delayMs?: number | undefined;
}

/** Faults that are still to come, the first that fits first. */
export class RequestFaults {
  private waiting: (RequestFault & { left: number })[] = [];

  /** Replaces all of them. */
  set(faults: readonly RequestFault[]): void {
    this.waiting = faults.map((fault) => ({ ...fault, left: fault.times ?? 1 }));
  }

  /** Adds one. */
  add(fault: RequestFault): void {
    this.waiting.push({ ...fault, left: fault.times ?? 1 });
  }

  /** The fault that this request meets, which is then used up once. */
  take(method: string, path: string): RequestFault | undefined {
    const found = this.waiting.find((fault) => isMeant(fault, method, path));
    if (!found) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.waiting = this.waiting.filter((fault) => fault !== found);
    return found;
  }

  /** Those that are still to come. */
  list(): RequestFault[] {
    return this.waiting.map(({ left, ...fault }) => ({ ...fault, times: left }));
  }
}

function isMeant({ method, path: pattern }: RequestFault, asked: string, path: string): boolean {
  if (method !== undefined && method.toUpperCase() !== asked) return false;
  if (!pattern.includes('*')) return path.startsWith(pattern);
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]*')}$`).test(path);
}
