import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';
import type Stripe from 'stripe';
import { pendingOperation } from '../stripe/pending-operations.js';
import type { OperationHandler, StripeOperations } from '../stripe/stripe-operations.js';
import { Customer } from './customer.entity.js';
import { beginDeparture, deleteCustomer } from './customer-departure.js';

const KIND = 'create-customer';

interface CustomerInput extends Readonly<Record<string, unknown>> {
  userId: string;
}

/** Somebody whom Stripe knows. */
export type KnownCustomer = Customer & { stripeCustomerId: string };

/** People as Stripe's customers: by our id only, made when they are first needed. */
export class Customers {
  constructor(
    private readonly em: EntityManager,
    private readonly operations: StripeOperations,
  ) {
    operations.handle(createCustomer);
    operations.handle(deleteCustomer);
  }

  /** Somebody's customer, made when there is none. Call it outside transactions. @throws when Stripe cannot be asked */
  async ensure(userId: string): Promise<KnownCustomer> {
    const known = await this.find(userId);
    if (known) return known;
    const operationId = await transaction(this.em, (tx) => this.begin(tx, userId));
    if (operationId) await this.operations.run(operationId);
    const made = await this.find(userId);
    if (!made) throw new Error(`Stripe refused a customer for ${userId}; see payments.stripe_operations`);
    return made;
  }

  /** Somebody's customer; null for one whom Stripe does not know. */
  async find(userId: string): Promise<KnownCustomer | null> {
    const customer = await this.em.fork().findOne(Customer, { userId });
    return isKnown(customer) ? customer : null;
  }

  private async begin(tx: EntityManager, userId: string): Promise<string | null> {
    await sql`insert into payments.customers (user_id, created_at) values (${userId}, now())
      on conflict do nothing`.execute(tx.getKysely());
    const customer = await lockCustomer(tx, userId);
    if (customer.stripeCustomerId) return null;
    const pending = await pendingOperation(tx, userId, [KIND]);
    return pending ?? this.operations.begin(tx, KIND, { subjectId: userId, input: { userId } }, { inRequest: true });
  }
}

/** Locks somebody's customer as it is now. */
export function lockCustomer(tx: EntityManager, userId: string): Promise<Customer> {
  return tx.findOneOrFail(Customer, { userId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

function isKnown(customer: Customer | null): customer is KnownCustomer {
  return typeof customer?.stripeCustomerId === 'string';
}

const createCustomer: OperationHandler<CustomerInput, Stripe.Customer> = {
  kind: KIND,
  call: (stripe, { userId }, { idempotencyKey }) =>
    stripe.customers.create({ metadata: { userId, operationId: idempotencyKey } }, { idempotencyKey }),
  async find(stripe, { userId }) {
    for await (const customer of stripe.customers.list({ limit: 100 })) {
      if (customer.metadata['userId'] === userId) return customer;
    }
    return null;
  },
  async done(tx, userId, { id }) {
    const customer = await tx.findOne(Customer, { userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (customer) customer.stripeCustomerId = id;
    // Erased while Stripe was asked.
    else beginDeparture(tx, userId, id);
  },
  // Nothing of ours came of it; whoever needs the customer asks anew.
  refused: async () => {},
};
