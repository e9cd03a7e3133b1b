import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { chooseLocale } from '@tutorgraph/kit/messages/languages';
import { type Identity, identify } from '../requests/authentication.js';
import type { BroadcastViewer, RunningSubscription } from '../subscriptions/subscription-executor.js';
import type { GatewayTrust } from '../trust/trust.js';

/** What does not change while a connection lasts. */
export type ConnectionMetadata = Pick<RequestMetadata, 'acceptLanguage' | 'clientAddress' | 'userAgent'>;

const SESSION_ENDED = 'The session was ended; sign in again';
const EXPIRED = 'The access token has expired; connect again with a fresh one';
/** setTimeout takes no longer delay. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** One client's WebSocket: who it is, until when, and what runs on it. */
export class ClientConnection {
  /** Its live subscriptions. */
  readonly running = new Set<RunningSubscription>();
  private identity: Identity = { authorization: undefined, viewer: undefined };
  /** The rights that it was last known to have. */
  private knownRights: string | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private hasEnded = false;

  /** @param refuse closes the connection with a reason: the token ended and none came after it, or the session did */
  constructor(
    private readonly fixed: ConnectionMetadata,
    private readonly trust: GatewayTrust,
    private readonly refuse: (reason: string) => void,
  ) {}

  /** Takes the client's first word about who it is. @throws UNAUTHENTICATED */
  async begin(authorization: string | undefined): Promise<void> {
    this.adopt(await identify(authorization, this.trust.verify));
  }

  /**
   * Takes a fresh token of the same session; live subscriptions go on under it.
   *
   * @throws UNAUTHENTICATED also when the connection began without a token, or with one of another session: what runs
   * on it may be shared with clients who have the rights that it began with
   */
  async renew(authorization: string): Promise<void> {
    if (!this.identity.authorization) throw unauthenticated('The connection began without a token; open a new one');
    const identity = await identify(authorization, this.trust.verify);
    if (this.identity.viewer?.sessionId !== identity.viewer?.sessionId) {
      throw unauthenticated('The renewed token is of another session; open a new connection');
    }
    this.adopt(identity);
    for (const subscription of this.running) subscription.renew();
  }

  /** What a request of this connection carries. */
  metadata(requestId: string): RequestMetadata {
    return { ...this.fixed, requestId, authorization: this.identity.authorization };
  }

  /** When its token ends, in seconds since 1970. */
  get expiresAt(): number | undefined {
    return this.identity.viewer?.expiresAt;
  }

  /** The session that it is under; undefined when nobody signed in or nothing here verifies tokens. */
  get sessionId(): string | undefined {
    return this.identity.viewer?.sessionId;
  }

  /** Is it closed? */
  get isOver(): boolean {
    return this.hasEnded;
  }

  /**
   * Names what its viewer may see and how it is told, for sharing. A token that nobody verified names nothing: who
   * holds it is not known.
   */
  get rights(): string | undefined {
    const { authorization, viewer } = this.identity;
    if (!viewer && authorization) return undefined;
    return JSON.stringify([viewer?.sessionId, this.allowed, viewer?.locale, this.fixed.acceptLanguage]);
  }

  /**
   * As whom it hears what is broadcast: not without a verified viewer, nor without a copy of rights, which tells when to
   * ask the subgraph again.
   */
  broadcastAs(): BroadcastViewer | undefined {
    const { viewer } = this.identity;
    const { rights } = this.trust;
    if (!viewer || !rights || rights.isRevoked(viewer.sessionId)) return undefined;
    return { userId: viewer.userId, language: chooseLocale(viewer.locale, this.fixed.acceptLanguage) };
  }

  /** Everybody's rights were read anew; when its own have changed, the subgraphs are asked again. */
  noticeRights(): void {
    const { allowed } = this;
    if (allowed === this.knownRights) return;
    this.knownRights = allowed;
    for (const subscription of this.running) subscription.recheck();
  }

  /** The session behind its token was ended, and with it the connection. */
  endWithSession(): void {
    this.stop(SESSION_ENDED);
  }

  /** The connection is closed. */
  end(): void {
    this.hasEnded = true;
    clearTimeout(this.expiry);
    // graphql-ws loses sight of an operation whose id was used again before it had ended.
    this.endRunning();
  }

  private get allowed(): string | undefined {
    const { viewer } = this.identity;
    return viewer && (this.trust.rights?.digestOf(viewer) ?? viewer.role);
  }

  private adopt(identity: Identity): void {
    this.identity = identity;
    this.knownRights = this.allowed;
    this.watchExpiry();
  }

  /** Ends what runs on it at once: a client that does not answer keeps its connection half open for a while. */
  private stop(reason: string): void {
    this.refuse(reason);
    this.endRunning();
  }

  private endRunning(): void {
    for (const { results } of this.running) void results.return();
  }

  private watchExpiry(): void {
    clearTimeout(this.expiry);
    if (this.expiresAt === undefined || this.hasEnded) return;
    const remaining = this.expiresAt * 1_000 - Date.now();
    const later = remaining > LONGEST_TIMER_MS ? () => this.watchExpiry() : () => this.stop(EXPIRED);
    this.expiry = setTimeout(later, Math.min(remaining, LONGEST_TIMER_MS));
  }
}
