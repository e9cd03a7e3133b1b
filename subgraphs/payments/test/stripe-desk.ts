import { fileURLToPath } from 'node:url';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createOrm, migrate } from '@tutorgraph/kit/database/orm';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { type TestDatabase, testDatabase } from '@tutorgraph/kit/testing/database';
import { createStripeEmulator, type StripeEmulator } from '@tutorgraph/stripe-emulator/emulator';
import type Stripe from 'stripe';
import { Customer } from '../src/customers/customer.entity.js';
import { database } from '../src/database.js';
import { createStripe } from '../src/stripe/stripe-client.js';
import { type OperationHandler, StripeOperations } from '../src/stripe/stripe-operations.js';

/** A customer is made at Stripe for a member; the simplest thing that calls do. */
export type CustomerCall = OperationHandler<{ userId: string; name: string }, Stripe.Customer>;

/** The payments room's tables and a Stripe, without the room. */
export class StripeDesk {
  private constructor(
    private readonly database: TestDatabase,
    readonly orm: MikroORM,
    readonly emulator: StripeEmulator,
    readonly stripe: Stripe,
  ) {}

  static async open(): Promise<StripeDesk> {
    const emulator = createStripeEmulator();
    const stripe = createStripe({ secretKey: 'sk_test_emulator', apiUrl: await emulator.listen() });
    const opened = await testDatabase({
      cacheKey: [fileURLToPath(database.migrations)],
      migrate: async (url) => {
        const orm = await createOrm(database, { url, poolSize: 1 });
        await migrate(orm, 'payments');
        await orm.close();
      },
    });
    return new StripeDesk(opened, await createOrm(database, { url: opened.url, poolSize: 8 }), emulator, stripe);
  }

  async close(): Promise<void> {
    await this.orm.close();
    await this.database.close();
    await this.emulator.close();
  }

  /** One process that makes calls. */
  process(change: Partial<CustomerCall> = {}): StripeOperations {
    const operations = new StripeOperations(this.orm.em, this.stripe, silentLogger);
    operations.handle({ ...customerCall, ...change });
    return operations;
  }

  /** Customers that Stripe has for a member. */
  async atStripe(userId: string): Promise<Stripe.Customer[]> {
    const { data } = await this.stripe.customers.list({ limit: 100 });
    return data.filter(({ metadata }) => metadata['userId'] === userId);
  }

  /** What SQL says. */
  sql<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
    return this.orm.em.fork().execute<Row[]>(statement, values);
  }
}

const customerCall: CustomerCall = {
  kind: 'create-test-customer',
  call: (stripe, { userId, name }, options) =>
    stripe.customers.create({ name, metadata: { userId, operationId: options.idempotencyKey } }, options),
  find: async (stripe, _input, operationId) => {
    const { data } = await stripe.customers.list({ limit: 100 });
    return data.find(({ metadata }) => metadata['operationId'] === operationId) ?? null;
  },
  done: async (tx, userId, { id: stripeCustomerId }, now) => {
    tx.create(Customer, { userId, stripeCustomerId, createdAt: now });
  },
  refused: async (tx, userId, code, now) => {
    tx.create(Customer, { userId, stripeCustomerId: `refused:${code}:${userId}`, createdAt: now });
  },
};
