import { newId } from '@tutorgraph/kit/database/id';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import fc from 'fast-check';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer } from '../src/customers/customer.entity.js';
import { StripeRecovery } from '../src/stripe/stripe-recovery.js';
import { type ArrivedEvent, type ObjectSync, StripeSync } from '../src/stripe/stripe-sync.js';
import { StripeDesk } from './stripe-desk.js';

fc.configureGlobal({ seed: 20261121 });

let desk: StripeDesk;

beforeAll(async () => {
  desk = await StripeDesk.open();
});

afterAll(() => desk?.close());

/** What this program knows of a customer is its name there. */
const following: ObjectSync<Stripe.Customer | Stripe.DeletedCustomer> = {
  kind: 'customer',
  fetch: (stripe, id) => stripe.customers.retrieve(id),
  apply: async (tx, object, now) => {
    if (object.deleted) return;
    const userId = object.metadata['userId'] ?? '';
    const defaultCardId = object.name ?? null;
    await tx.upsert(Customer, { userId, stripeCustomerId: object.id, defaultCardId, createdAt: now });
  },
};

function syncWith(change: Partial<typeof following> = {}): StripeSync {
  const sync = new StripeSync(desk.orm.em, desk.stripe);
  sync.handle({ ...following, ...change });
  return sync;
}

const made = async (name: string) => desk.stripe.customers.create({ name, metadata: { userId: newId() } });

function eventOf({ id }: { id: string }, kind = 'customer'): ArrivedEvent {
  return {
    id: `evt_${newId()}`,
    type: `${kind}.updated`,
    account: undefined,
    createdAt: new Date(),
    object: { kind, id },
  };
}

async function nameOf({ metadata }: Stripe.Customer): Promise<string | null | undefined> {
  const [row] = await desk.sql<{ default_card_id: string | null }>(
    'select default_card_id from payments.customers where user_id = ?',
    [metadata['userId']],
  );
  return row?.default_card_id;
}

const recorded = async ({ id }: ArrivedEvent) =>
  (await desk.sql('select 1 from payments.stripe_events where id = ?', [id])).length;

describe('events of Stripe', () => {
  it('lead to the object as it is, in any order and however often they come', async () => {
    const sync = syncWith();
    const order = fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 4 });
    await fc.assert(
      fc.asyncProperty(order, async (places) => {
        const customer = await made('first');
        const events = [0, 1, 2, 3].map(() => eventOf(customer));
        await desk.stripe.customers.update(customer.id, { name: 'last' });
        for (const place of places) {
          const event = events[place];
          if (event) await sync.receive(event);
        }
        expect(await nameOf(customer)).toBe('last');
      }),
      { numRuns: 15 },
    );
  });

  it('have their effect once', async () => {
    let times = 0;
    const sync = syncWith({
      apply: async () => {
        times += 1;
      },
    });
    const event = eventOf(await made('Ada'));
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => sync.receive(event)));
    expect(outcomes.toSorted()).toEqual(['APPLIED', 'REPEATED', 'REPEATED', 'REPEATED']);
    expect(await sync.receive(event)).toBe('REPEATED');
    expect(times).toBe(1);
  });

  it('of which nothing follows here are only remembered', async () => {
    const event = eventOf({ id: 'bal_1' }, 'balance');
    expect(await syncWith().receive(event)).toBe('IGNORED');
    expect(await syncWith().receive(event)).toBe('REPEATED');
    expect(await recorded(event)).toBe(1);
  });

  it('about what Stripe does not know are remembered without effect', async () => {
    const event = eventOf({ id: 'cus_none' });
    expect(await syncWith().receive(event)).toBe('APPLIED');
    expect(await recorded(event)).toBe(1);
  });

  it('that cannot be applied leave nothing behind, and may come again', async () => {
    const customer = await made('Ada');
    const event = eventOf(customer);
    const failing = syncWith({
      apply: async (tx, object, now) => {
        await following.apply(tx, object, now);
        throw new Error('The database is full');
      },
    });
    await expect(failing.receive(event)).rejects.toThrow('full');
    expect(await nameOf(customer)).toBeUndefined();
    expect(await recorded(event)).toBe(0);
    expect(await desk.sql('select 1 from payments.stripe_objects where id = ?', [customer.id])).toEqual([]);
    expect(await syncWith().receive(event)).toBe('APPLIED');
    expect(await nameOf(customer)).toBe('Ada');
  });

  it('while Stripe cannot be asked come again', async () => {
    const event = eventOf(await made('Ada'));
    desk.emulator.faults.requests.set([{ method: 'GET', path: '/v1/customers/*', kind: 'FAIL_BEFORE', times: 2 }]);
    await expect(syncWith().receive(event)).rejects.toThrow();
    expect(await recorded(event)).toBe(0);
    expect(await syncWith().receive(event)).toBe('APPLIED');
  });
});

describe.skipIf(!isRealPostgres())('readings that end in another order than they began', () => {
  it('never bring an older state back', async () => {
    const customer = await made('old');
    const { promise: held, resolve: goOn } = Promise.withResolvers<void>();
    const { promise: read, resolve: hasRead } = Promise.withResolvers<void>();
    const slow = syncWith({
      fetch: async (stripe, id) => {
        const object = await stripe.customers.retrieve(id);
        hasRead();
        await held;
        return object;
      },
    });
    const older = slow.receive(eventOf(customer));
    await read;
    await desk.stripe.customers.update(customer.id, { name: 'new' });
    await syncWith().receive(eventOf(customer));
    goOn();
    expect(await older).toBe('APPLIED');
    expect(await nameOf(customer)).toBe('new');
  });
});

describe('ten thousand repeated webhooks', () => {
  it('change nothing', async () => {
    const sync = syncWith();
    const customer = await made('Ada');
    const events = [1, 2, 3, 4, 5].map(() => eventOf(customer));
    for (const event of events) await sync.receive(event);
    const state = () =>
      desk.sql(`select (select jsonb_agg(c order by c.user_id) from payments.customers c) as customers,
        (select count(*) from payments.stripe_events) as events, (select jsonb_agg(o order by o.id) from payments.stripe_objects o) as objects`);
    const before = await state();
    const outcomes = new Set<string>();
    for (let start = 0; start < 10_000; start += 500) {
      const some = Array.from({ length: 500 }, (_, index) => events[(start + index) % events.length]);
      for (const outcome of await Promise.all(some.map((event) => event && sync.receive(event))))
        outcomes.add(String(outcome));
    }
    expect([...outcomes]).toEqual(['REPEATED']);
    expect(await state()).toEqual(before);
  }, 60_000);
});

describe('recovery', () => {
  it('gives events their effect that were never delivered, and goes on where it was', async () => {
    const customer = await made('Ada');
    await desk.stripe.customers.update(customer.id, { name: 'Ada Lovelace' });
    const { em } = desk.orm;
    const recovery = new StripeRecovery({ em, stripe: desk.stripe, sync: syncWith(), logger: silentLogger });
    await recovery.run(new AbortController().signal);
    expect(await nameOf(customer)).toBe('Ada Lovelace');
    const cursor = () => desk.sql<{ recovered_until: string }>('select recovered_until from payments.stripe_cursors');
    const [first] = await cursor();
    expect(first?.recovered_until).not.toBeNull();
    const later = await made('Grace');
    await recovery.run(new AbortController().signal);
    expect(await nameOf(later)).toBe('Grace');
  });

  it('does not pass an event by that has failed', async () => {
    const customer = await made('Barbara');
    const { em } = desk.orm;
    const failing = syncWith({ apply: () => Promise.reject(new Error('Not yet')) });
    const { stripe } = desk;
    await new StripeRecovery({ em, stripe, sync: failing, logger: silentLogger }).run(new AbortController().signal);
    expect(await nameOf(customer)).toBeUndefined();
    await new StripeRecovery({ em, stripe, sync: syncWith(), logger: silentLogger }).run(new AbortController().signal);
    expect(await nameOf(customer)).toBe('Barbara');
  });
});
