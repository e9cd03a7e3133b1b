import type { EventBus } from '../events/bus.js';
import { unauthenticated } from '../graphql/errors.js';
import { RightsCopy } from './rights-copy.js';
import { emptySnapshot, type RightsSnapshot } from './rights-snapshot.js';
import { staffRoles, type UserViewer } from './viewer.js';

/** Where rights come from and which events change them. */
export interface RightsSource {
  /** Asks the owner of rights for all of them. */
  load(): Promise<RightsSnapshot>;
  /** Event types after which `load` is called again at once, and the stream that carries them. */
  stream: string;
  changedBy: readonly string[];
  /** The event type that ends the session which is its subject. */
  sessionEndedBy: string;
}

const REFRESH_EVERY_MS = 20_000;
const STALE_AFTER_MS = 60_000;

/**
 * This process's copy of everybody's rights: a snapshot at boot, then the bus, then again every 20 seconds. When it
 * is older than 60 seconds, the rights of staff and those granted to single people are refused until it has been
 * refreshed.
 */
export class Rights {
  private copy = new RightsCopy(emptySnapshot);
  private revoked = new Set<string>();
  /** When this process heard of a session's end: a snapshot asked for before then does not know of it. */
  private readonly heardOf = new Map<string, number>();
  private loadedAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private loading: Promise<void> | undefined;
  private nextLoading: Promise<void> | undefined;
  private endListening: () => void = () => {};
  private readonly sessionListeners = new Set<(sessionId: string) => void>();
  private readonly refreshListeners = new Set<() => void>();

  constructor(
    private readonly source: RightsSource,
    private readonly bus: EventBus,
    private readonly onFailure: (error: unknown) => void = () => {},
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Starts listening and refreshing; the first snapshot may still be on its way, and until then nobody may anything. */
  start(): void {
    this.endListening = this.bus.listen(this.source.stream, ({ event }) => {
      if (event.type === this.source.sessionEndedBy) this.endSession(event.subject);
      if (this.source.changedBy.includes(event.type)) void this.refresh();
    });
    this.timer = setInterval(() => void this.refresh(), REFRESH_EVERY_MS);
    this.timer.unref();
    void this.refresh();
  }

  /** Stops refreshing. */
  stop(): void {
    clearInterval(this.timer);
    this.endListening();
  }

  /**
   * Asks for a snapshot of now. One that is on its way may have been taken before what the caller has heard of, so
   * another follows it, which all share who ask meanwhile. A failure keeps the old copy and is reported.
   */
  refresh(): Promise<void> {
    if (this.nextLoading) return this.nextLoading;
    if (!this.loading) return this.begin();
    this.nextLoading = this.loading.then(() => this.begin());
    return this.nextLoading;
  }

  /** May this person do that: by their role or a grant of their own, and no denial? */
  allows(viewer: UserViewer, permission: string): boolean {
    const isStale = this.now() - this.loadedAt > STALE_AFTER_MS;
    if (isStale && staffRoles.has(viewer.role)) return false;
    const source = this.copy.sourceOf(viewer, permission, new Date());
    return source === 'role' || (source === 'grant' && !isStale);
  }

  /**
   * The person behind an access token as they are now: with the role that they have been given since it was signed.
   *
   * @throws UNAUTHENTICATED when the session was ended
   */
  current(viewer: UserViewer): UserViewer {
    if (this.isRevoked(viewer.sessionId)) throw unauthenticated('This session was ended; sign in again');
    const role = this.copy.roleOf(viewer);
    return role === viewer.role ? viewer : { ...viewer, role };
  }

  /** Has the session behind an access token been ended? */
  isRevoked(sessionId: string): boolean {
    return this.revoked.has(sessionId);
  }

  /** Names what this person may do now; when it becomes another, their rights have changed. */
  digestOf(viewer: UserViewer): string {
    return this.copy.digestOf(viewer, new Date());
  }

  /** Calls `listener` with each session that ends from now on; returns how to stop. */
  onSessionEnded(listener: (sessionId: string) => void): () => void {
    this.sessionListeners.add(listener);
    return () => this.sessionListeners.delete(listener);
  }

  /** Calls `listener` whenever the copy is a fresh one, which may be like the one before; returns how to stop. */
  onRefreshed(listener: () => void): () => void {
    this.refreshListeners.add(listener);
    return () => this.refreshListeners.delete(listener);
  }

  private begin(): Promise<void> {
    this.nextLoading = undefined;
    this.loading = this.load().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async load(): Promise<void> {
    const askedAt = this.now();
    try {
      const snapshot = await this.source.load();
      const before = this.revoked;
      this.copy = new RightsCopy(snapshot);
      this.revoked = new Set([...snapshot.revokedSessions, ...this.heardSince(askedAt)]);
      this.loadedAt = askedAt;
      for (const sessionId of this.revoked) if (!before.has(sessionId)) this.tell(sessionId);
      for (const listener of this.refreshListeners) listener();
    } catch (error) {
      this.onFailure(error);
    }
  }

  private heardSince(moment: number): string[] {
    for (const [sessionId, heardAt] of this.heardOf) if (heardAt < moment) this.heardOf.delete(sessionId);
    return [...this.heardOf.keys()];
  }

  private endSession(sessionId: string): void {
    this.heardOf.set(sessionId, this.now());
    this.revoked.add(sessionId);
    this.tell(sessionId);
  }

  private tell(sessionId: string): void {
    for (const listener of this.sessionListeners) listener(sessionId);
  }
}
