import type { LiveRights } from '../trust/trust.js';
import type { ClientConnection } from './client-connection.js';

/** Connections by the session that they are under: when it ends, so do they, and when rights change they are told. */
export class OpenConnections {
  private readonly bySession = new Map<string, Set<ClientConnection>>();

  constructor(private readonly rights: LiveRights | undefined) {
    rights?.onSessionEnded((sessionId) => {
      for (const connection of this.bySession.get(sessionId) ?? []) connection.endWithSession();
    });
    rights?.onRefreshed(() => {
      for (const connections of this.bySession.values()) {
        for (const connection of connections) connection.noticeRights();
      }
    });
  }

  /** Watches over a connection that has just begun; its session may have ended while its token was verified. */
  add(connection: ClientConnection): void {
    const { sessionId } = connection;
    if (sessionId === undefined || connection.isOver) return;
    const others = this.bySession.get(sessionId);
    if (others) others.add(connection);
    else this.bySession.set(sessionId, new Set([connection]));
    if (this.rights?.isRevoked(sessionId)) connection.endWithSession();
  }

  /** The connection is closed. */
  delete(connection: ClientConnection): void {
    const { sessionId } = connection;
    const connections = sessionId === undefined ? undefined : this.bySession.get(sessionId);
    connections?.delete(connection);
    if (sessionId !== undefined && connections?.size === 0) this.bySession.delete(sessionId);
  }
}
