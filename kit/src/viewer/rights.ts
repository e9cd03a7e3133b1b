import { z } from 'zod';
import type { EventBus } from '../events/bus.js';
import { roles, staffRoles, type UserViewer } from './viewer.js';

/** What every process must know to decide: the permissions behind each role, and sessions that were ended. */
export const rightsSnapshot = z.object({
  roles: z.array(z.object({ role: z.enum(roles), permissions: z.array(z.string()) })),
  /** Sessions revoked while access tokens of theirs may still be unexpired. */
  revokedSessions: z.array(z.string()),
});

/** @see rightsSnapshot */
export type RightsSnapshot = z.infer<typeof rightsSnapshot>;

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
 * is older than 60 seconds, staff rights are refused until it has been refreshed.
 */
export class Rights {
  private permissions = new Map<string, ReadonlySet<string>>();
  private revoked = new Set<string>();
  /** When this process heard of a session's end: a snapshot asked for before then does not know of it. */
  private readonly heardOf = new Map<string, number>();
  private loadedAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private loading: Promise<void> | undefined;
  private endListening: () => void = () => {};
  private readonly sessionListeners = new Set<(sessionId: string) => void>();

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

  /** Asks for a new snapshot; several callers share one request. A failure keeps the old copy and is reported. */
  refresh(): Promise<void> {
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  /** May this person do that, by their role? */
  allows(viewer: UserViewer, permission: string): boolean {
    if (staffRoles.has(viewer.role) && this.now() - this.loadedAt > STALE_AFTER_MS) return false;
    return this.permissions.get(viewer.role)?.has(permission) ?? false;
  }

  /** Has the session behind an access token been ended? */
  isRevoked(sessionId: string): boolean {
    return this.revoked.has(sessionId);
  }

  /** Calls `listener` with each session that ends from now on; returns how to stop. */
  onSessionEnded(listener: (sessionId: string) => void): () => void {
    this.sessionListeners.add(listener);
    return () => this.sessionListeners.delete(listener);
  }

  private async load(): Promise<void> {
    const askedAt = this.now();
    try {
      const snapshot = await this.source.load();
      const before = this.revoked;
      this.permissions = new Map(snapshot.roles.map(({ role, permissions }) => [role, new Set(permissions)]));
      this.revoked = new Set([...snapshot.revokedSessions, ...this.heardSince(askedAt)]);
      this.loadedAt = askedAt;
      for (const sessionId of this.revoked) if (!before.has(sessionId)) this.tell(sessionId);
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
