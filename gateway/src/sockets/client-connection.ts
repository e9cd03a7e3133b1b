import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { type Identity, identify, type VerifyToken } from '../requests/authentication.js';
import type { RunningSubscription } from '../subscriptions/subscription-executor.js';

/** What does not change while a connection lasts. */
export type ConnectionMetadata = Pick<RequestMetadata, 'acceptLanguage' | 'clientAddress' | 'userAgent'>;

/** setTimeout takes no longer delay. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** One client's WebSocket: who it is, until when, and what runs on it. */
export class ClientConnection {
  /** Its live subscriptions. */
  readonly running = new Set<RunningSubscription>();
  private identity: Identity = { authorization: undefined, viewer: undefined };
  private expiry: NodeJS.Timeout | undefined;
  private isEnded = false;

  /** @param onExpired called when the token ended and none came after it */
  constructor(
    private readonly fixed: ConnectionMetadata,
    private readonly verify: VerifyToken | undefined,
    private readonly onExpired: () => void,
  ) {}

  /** Takes the client's first word about who it is. @throws UNAUTHENTICATED */
  async begin(authorization: string | undefined): Promise<void> {
    this.adopt(await identify(authorization, this.verify));
  }

  /**
   * Takes a fresh token of the same session; live subscriptions go on under it.
   *
   * @throws UNAUTHENTICATED also when the connection began without a token, or with one of another session: what runs
   * on it may be shared with clients who have the rights that it began with
   */
  async renew(authorization: string): Promise<void> {
    if (!this.identity.authorization) throw unauthenticated('The connection began without a token; open a new one');
    const identity = await identify(authorization, this.verify);
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

  /**
   * Names what its viewer may see and how it is told, for sharing. A token that nobody verified names nothing: who
   * holds it is not known.
   */
  get rights(): string | undefined {
    const { authorization, viewer } = this.identity;
    if (!viewer && authorization) return undefined;
    return JSON.stringify([viewer?.sessionId, viewer?.role, this.fixed.acceptLanguage]);
  }

  /** The connection is closed. */
  end(): void {
    this.isEnded = true;
    clearTimeout(this.expiry);
  }

  private adopt(identity: Identity): void {
    this.identity = identity;
    this.watchExpiry();
  }

  private watchExpiry(): void {
    clearTimeout(this.expiry);
    if (this.expiresAt === undefined || this.isEnded) return;
    const remaining = this.expiresAt * 1_000 - Date.now();
    const later = remaining > LONGEST_TIMER_MS ? () => this.watchExpiry() : this.onExpired;
    this.expiry = setTimeout(later, Math.min(remaining, LONGEST_TIMER_MS));
  }
}
