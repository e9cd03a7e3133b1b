import { GraphQLError } from 'graphql';
import { Counts } from './counts.js';

/** How many live connections may be open at a time, of whatever transport. */
export interface ConnectionLimits {
  /** In this process. */
  connections: number;
  /** From one network: an IPv4 address, or an IPv6 address's /64. */
  connectionsPerNetwork: number;
  /** Of one person, whichever sessions they are under. */
  connectionsPerViewer: number;
}

type Limit = keyof ConnectionLimits;

/** There are too many live connections already: for everybody, or for whom it names. */
export class TooManyConnections extends GraphQLError {
  constructor(
    readonly limit: Limit,
    most: number,
  ) {
    const advice = limit === 'connections' ? 'try again later' : 'close one that is not needed';
    super(`At most ${most} live connections may be open; ${advice}`, {
      extensions: { code: 'TOO_MANY_CONNECTIONS', limit, most },
    });
  }
}

/** Counts live connections and refuses those that are too many. */
export class ConnectionCounts {
  private all = 0;
  private readonly byNetwork = new Counts();
  private readonly byViewer = new Counts();

  constructor(private readonly limits: ConnectionLimits) {}

  /** A connection opens. @throws TooManyConnections */
  open(network: string): void {
    this.assertFewer('connections', this.all);
    this.assertFewer('connectionsPerNetwork', this.byNetwork.of(network));
    this.all += 1;
    this.byNetwork.increase(network);
  }

  /** A connection that has opened is somebody's. @throws TooManyConnections */
  signIn(userId: string): void {
    this.assertFewer('connectionsPerViewer', this.byViewer.of(userId));
    this.byViewer.increase(userId);
  }

  /** A connection is closed. @param userId whose it was, if it was somebody's */
  close(network: string, userId: string | undefined): void {
    this.all -= 1;
    this.byNetwork.decrease(network);
    if (userId !== undefined) this.byViewer.decrease(userId);
  }

  private assertFewer(limit: Limit, count: number): void {
    const most = this.limits[limit];
    if (count >= most) throw new TooManyConnections(limit, most);
  }
}
