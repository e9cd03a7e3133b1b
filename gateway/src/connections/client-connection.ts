import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { chooseLocale } from '@tutorgraph/kit/messages/languages';
import { networkOf } from '@tutorgraph/kit/rate-limits/network';
import type { UserViewer } from '@tutorgraph/kit/viewer/viewer';
import type { ReadOperation } from '../operations/read-operation.js';
import { type Identity, identify } from '../requests/authentication.js';
import type { ClientSubscription } from '../subscriptions/client-subscription.js';
import type { ResultWriter } from '../subscriptions/result-writer.js';
import type { BroadcastViewer, RunningSubscription } from '../subscriptions/subscription-executor.js';
import type { SubscriptionOwner } from '../subscriptions/subscription-limits.js';
import type { GatewayTrust } from '../trust/trust.js';
import type { OpenConnections } from './open-connections.js';

/** What does not change while a connection lasts. */
export type ConnectionMetadata = Pick<RequestMetadata, 'acceptLanguage' | 'clientAddress' | 'userAgent'>;

const SESSION_ENDED = 'The session was ended; sign in again';
const EXPIRED = 'The access token has expired; connect again with a fresh one';
/** setTimeout takes no longer delay. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** A subscription that begins on a connection. */
export interface ConnectionSubscription {
  requestId: string;
  /** Takes results that are written already. */
  writer: ResultWriter;
  /** The last position that the client says it was given; it counts more than the operation's own `after`. */
  lastCursor?: string | undefined;
}

/**
 * One client's live connection: who it is, until when, and what runs on it. A WebSocket carries many operations and may
 * renew its token; an HTTP answer that goes on is a connection with one operation.
 */
export class ClientConnection {
  private readonly running = new Set<RunningSubscription>();
  private identity: Identity = { authorization: undefined, viewer: undefined };
  /** The rights that it was last known to have. */
  private knownRights: string | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private readonly ending = new AbortController();

  /**
   * Made by `OpenConnections.connect`.
   *
   * @param refuse closes the connection with a reason: the token ended and none came after it, or the session did
   */
  constructor(
    private readonly fixed: ConnectionMetadata,
    private readonly trust: GatewayTrust,
    private readonly open: Pick<OpenConnections, 'add' | 'delete'>,
    private readonly refuse: (reason: string) => void,
  ) {}

  /** Takes the client's first word about who it is. @throws UNAUTHENTICATED, TooManyConnections */
  async begin(authorization: string | undefined): Promise<void> {
    this.beginAs(await identify(authorization, this.trust.verify));
  }

  /** Begins with a client who is known already. @throws TooManyConnections */
  beginAs(identity: Identity): void {
    this.adopt(identity);
    this.open.add(this);
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

  /**
   * Begins a subscription, which ends with the connection.
   *
   * @throws GraphQLError when its variables do not fit
   */
  subscribe(operation: ReadOperation, { requestId, writer, lastCursor }: ConnectionSubscription): ClientSubscription {
    const connection = this;
    let running: RunningSubscription | undefined;
    running = operation.graph.subscriptions.subscribe(operation, {
      metadata: () => this.metadata(requestId),
      expiresAt: () => this.expiresAt,
      owner: this.owner,
      get rights() {
        return connection.rights;
      },
      broadcastAs: () => this.broadcastAs(),
      writer,
      lastCursor,
      onEnd: () => running && this.running.delete(running),
    });
    this.running.add(running);
    // It was closed while the operation was prepared: nobody would end what begins now.
    if (this.isOver) void running.results.return();
    return running.results;
  }

  /** What a request of this connection carries. */
  metadata(requestId: string): RequestMetadata {
    return { ...this.fixed, requestId, authorization: this.identity.authorization };
  }

  /** When its token ends, in seconds since 1970. */
  private get expiresAt(): number | undefined {
    return this.identity.viewer?.expiresAt;
  }

  /** Who it is; undefined when nobody signed in or nothing here verifies tokens. */
  get viewer(): UserViewer | undefined {
    return this.identity.viewer;
  }

  /** The session that it is under; undefined when nobody signed in or nothing here verifies tokens. */
  get sessionId(): string | undefined {
    return this.identity.viewer?.sessionId;
  }

  /** Whose it is, for limits: a user's, or that of a network where nobody has signed in. */
  private get owner(): SubscriptionOwner {
    const { viewer } = this.identity;
    if (viewer) return { kind: 'viewer', name: viewer.userId };
    return { kind: 'network', name: networkOf(this.fixed.clientAddress) };
  }

  /** Is it closed? */
  get isOver(): boolean {
    return this.ending.signal.aborted;
  }

  /** Aborted when it closes. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /**
   * Names what its viewer may see and how it is told, for sharing. A token that nobody verified names nothing: who
   * holds it is not known.
   */
  private get rights(): string | undefined {
    const { authorization, viewer } = this.identity;
    if (!viewer && authorization) return undefined;
    return JSON.stringify([viewer?.sessionId, this.allowed, viewer?.locale, this.fixed.acceptLanguage]);
  }

  /**
   * As whom it hears what is broadcast: not without a verified viewer, nor without a copy of rights, which tells when to
   * ask the subgraph again.
   */
  private broadcastAs(): BroadcastViewer | undefined {
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
    this.ending.abort();
    clearTimeout(this.expiry);
    this.open.delete(this);
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
    this.end();
  }

  private endRunning(): void {
    for (const { results } of this.running) void results.return();
  }

  private watchExpiry(): void {
    clearTimeout(this.expiry);
    if (this.expiresAt === undefined || this.isOver) return;
    const remaining = this.expiresAt * 1_000 - Date.now();
    const later = remaining > LONGEST_TIMER_MS ? () => this.watchExpiry() : () => this.stop(EXPIRED);
    this.expiry = setTimeout(later, Math.min(remaining, LONGEST_TIMER_MS));
  }
}
