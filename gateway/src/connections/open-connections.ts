import { networkOf } from '@tutorgraph/kit/rate-limits/network';
import type { GatewayTrust } from '../trust/trust.js';
import { ClientConnection, type ConnectionMetadata } from './client-connection.js';
import { ConnectionCounts, type ConnectionLimits } from './connection-limits.js';

/** What is remembered of a connection while it is open. */
interface OpenConnection {
  network: string;
  /** Whose it is, once it has begun, if somebody has signed in. */
  userId: string | undefined;
}

/**
 * Live connections of every transport, by the session that they are under: when it ends, so do they, and when rights
 * change they are told.
 */
export class OpenConnections {
  private readonly open = new Map<ClientConnection, OpenConnection>();
  private readonly bySession = new Map<string, Set<ClientConnection>>();
  private readonly counts: ConnectionCounts;

  constructor(
    private readonly trust: GatewayTrust,
    limits: ConnectionLimits,
  ) {
    this.counts = new ConnectionCounts(limits);
    const { rights } = trust;
    rights?.onSessionEnded((sessionId) => {
      for (const connection of this.bySession.get(sessionId) ?? []) connection.endWithSession();
    });
    rights?.onRefreshed(() => {
      for (const connections of this.bySession.values()) {
        for (const connection of connections) connection.noticeRights();
      }
    });
  }

  /**
   * A connection that a client opens; it begins once the client says who it is.
   *
   * @param refuse closes it with a reason, when its token has expired or its session was ended
   * @throws TooManyConnections
   */
  connect(metadata: ConnectionMetadata, refuse: (reason: string) => void): ClientConnection {
    const network = networkOf(metadata.clientAddress);
    this.counts.open(network);
    const connection = new ClientConnection(metadata, this.trust, this, refuse);
    this.open.set(connection, { network, userId: undefined });
    return connection;
  }

  /**
   * Watches over a connection that has just begun; its session may have ended while its token was verified.
   *
   * @throws TooManyConnections when its viewer has too many
   */
  add(connection: ClientConnection): void {
    const { sessionId, viewer } = connection;
    const open = this.open.get(connection);
    if (!open || !viewer || sessionId === undefined || connection.isOver) return;
    if (open.userId === undefined) {
      this.counts.signIn(viewer.userId);
      open.userId = viewer.userId;
    }
    const others = this.bySession.get(sessionId);
    if (others) others.add(connection);
    else this.bySession.set(sessionId, new Set([connection]));
    if (this.trust.rights?.isRevoked(sessionId)) connection.endWithSession();
  }

  /** The connection is closed. */
  delete(connection: ClientConnection): void {
    const open = this.open.get(connection);
    if (open) this.counts.close(open.network, open.userId);
    this.open.delete(connection);
    const { sessionId } = connection;
    const connections = sessionId === undefined ? undefined : this.bySession.get(sessionId);
    connections?.delete(connection);
    if (sessionId !== undefined && connections?.size === 0) this.bySession.delete(sessionId);
  }
}
