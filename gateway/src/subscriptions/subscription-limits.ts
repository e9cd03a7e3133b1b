import { GraphQLError } from 'graphql';
import { Counts } from '../connections/counts.js';

/** How many subscriptions may run at a time. */
export interface SubscriptionLimits {
  /** In this process. */
  subscriptions: number;
  /** Of one viewer, on all their connections. */
  subscriptionsPerViewer: number;
  /** Of all who have not signed in from one network. */
  subscriptionsPerNetwork: number;
}

/** Whose a subscription is: a user's, or that of a network where nobody has signed in. */
export interface SubscriptionOwner {
  kind: 'viewer' | 'network';
  name: string;
}

/** Counts subscriptions and refuses those that are too many. */
export class SubscriptionCounts {
  private all = 0;
  private readonly byOwner = new Counts();

  constructor(private readonly limits: SubscriptionLimits) {}

  /** One begins. @throws GraphQLError when there are too many */
  begin(owner: SubscriptionOwner): void {
    const limit = owner.kind === 'viewer' ? 'subscriptionsPerViewer' : 'subscriptionsPerNetwork';
    this.assertFewer('subscriptions', this.all);
    this.assertFewer(limit, this.byOwner.of(keyOf(owner)));
    this.all += 1;
    this.byOwner.increase(keyOf(owner));
  }

  /** One that has begun is over. */
  end(owner: SubscriptionOwner): void {
    this.all -= 1;
    this.byOwner.decrease(keyOf(owner));
  }

  private assertFewer(limit: keyof SubscriptionLimits, count: number): void {
    const most = this.limits[limit];
    if (count < most) return;
    const advice = limit === 'subscriptions' ? 'try again later' : 'end one that is not needed';
    throw new GraphQLError(`At most ${most} live subscriptions may run; ${advice}`, {
      extensions: { code: 'TOO_MANY_SUBSCRIPTIONS', limit, most },
    });
  }
}

function keyOf({ kind, name }: SubscriptionOwner): string {
  return `${kind} ${name}`;
}
