import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Money } from '@tutorgraph/kit/graphql/money';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { UserReference } from '../people/user.types.js';
import type { Difference } from './difference.entity.js';
import type { Reconciliation } from './reconciliation.entity.js';
import type { ReconciliationService } from './reconciliation.service.js';
import {
  DifferenceConnection,
  DifferenceType,
  ReconciliationConnection,
  ReconciliationError,
  ReconciliationType,
  RunReconciliationInput,
  RunReconciliationPayload,
} from './reconciliation.types.js';

/** Reconciliations in the graph. */
@Resolver(() => ReconciliationType)
export class ReconciliationResolver {
  constructor(private readonly service: ReconciliationService) {}

  @FieldResolver(() => DateTime, { description: 'Beginning of the span that was compared, inclusive.' })
  from(@Root() { fromTime }: Reconciliation): Date {
    return fromTime;
  }

  @FieldResolver(() => DateTime, { description: 'End of the span that was compared, exclusive.' })
  to(@Root() { toTime }: Reconciliation): Date {
    return toTime;
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'The member of staff who asked for it; null for a daily one.',
  })
  requestedBy(@Root() { requestedBy }: Reconciliation): UserReference | null {
    return requestedBy ? { id: requestedBy } : null;
  }

  @FieldResolver(() => DifferenceConnection, { description: 'What the ledger says otherwise than Stripe.' })
  differences(
    @Root() reconciliation: Reconciliation,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Difference>> {
    return this.service.differences(context, reconciliation, page);
  }

  @Requires('payments.ledger.read')
  @Query(() => ReconciliationConnection, {
    nullable: true,
    description: 'Comparisons of the ledger with Stripe, the newest first.',
  })
  reconciliations(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Reconciliation>> {
    return this.service.list(context, page);
  }

  @Requires('payments.ledger.read')
  @Limited({ viewer: { points: 20, seconds: 3_600 } })
  @Mutation(() => RunReconciliationPayload, {
    nullable: true,
    description: 'Compares the ledger with Stripe, beside the comparison that runs every day.',
  })
  runReconciliation(
    @Arg('input', () => RunReconciliationInput, { description: 'What to compare.' }) input: RunReconciliationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ReconciliationError, async () => ({
      reconciliation: await this.service.begin(context, input),
    }));
  }
}

/** What reconciliations found, in the graph. */
@Resolver(() => DifferenceType)
export class DifferenceResolver {
  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What the ledger says; null when it says nothing. What comes in is positive.',
  })
  ledgerAmount(@Root() { ledgerMinor, currency }: Difference): Money | null {
    return money(ledgerMinor, currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What Stripe says; null when it says nothing. What comes in is positive.',
  })
  stripeAmount(@Root() { stripeMinor, currency }: Difference): Money | null {
    return money(stripeMinor, currency);
  }
}

/** Every resolver class of reconciliation. */
export const reconciliationResolvers = [ReconciliationResolver, DifferenceResolver] as const;

function money(amountMinor: number | null | undefined, currency: string): Money | null {
  return amountMinor === null || amountMinor === undefined ? null : { amountMinor, currency };
}
