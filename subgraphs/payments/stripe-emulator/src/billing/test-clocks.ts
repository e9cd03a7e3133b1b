import type Stripe from 'stripe';
import type { Engine } from '../engine.js';
import { emit } from '../events/emit.js';
import { integer, text } from '../http/input.js';
import { list, page } from '../http/list.js';
import { StripeError } from '../protocol/stripe-error.js';
import { type Resource, route } from '../resources/resource.js';
import { newId, PLATFORM } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { endSubscription, hasEnded } from './subscription-standing.js';

type TestClock = Stripe.TestHelpers.TestClock;

const KIND = 'test_helpers.test_clock';
const A_MONTH = 30 * 86_400;
const TWO_YEARS = 2 * 365 * 86_400;

/** Test clocks: the time of customers that were made with one, which goes on only when it is told to. */
export const testClocks: Resource = {
  routes: [
    route('POST /v1/test_helpers/test_clocks', { frozen_time: integer, name: text.optional() }, ({ tx }, input) => {
      const clock: TestClock = {
        id: newId('clock'),
        object: KIND,
        created: tx.now,
        deletes_after: tx.now + A_MONTH,
        frozen_time: input.frozen_time,
        livemode: false,
        name: input.name ?? null,
        status: 'ready',
        status_details: {},
      };
      tx.put(KIND, clock);
      emit(tx, 'test_helpers.test_clock.created', clock);
      return clock;
    }),
    route('GET /v1/test_helpers/test_clocks/:id', {}, ({ tx, path }) => tx.get(KIND, path['id'] ?? '')),
    route('GET /v1/test_helpers/test_clocks', page, (call, input) => list(call, KIND, input)),
    route('DELETE /v1/test_helpers/test_clocks/:id', {}, ({ tx, path }) => remove(tx, tx.get(KIND, path['id'] ?? ''))),
    route('POST /v1/test_helpers/test_clocks/:id/advance', { frozen_time: integer }, ({ tx, path }, input) =>
      advance(tx, tx.get(KIND, path['id'] ?? ''), input.frozen_time),
    ),
  ],
  register(app, engine) {
    const running = new Set<string>();
    const run = (account: string, id: string) => {
      if (running.has(id)) return;
      running.add(id);
      // After the answer: it says that the clock is advancing.
      setImmediate(() => {
        running.delete(id);
        arrive(engine, account, id);
      });
    };
    // Where it was stopped on the way, it goes on.
    app.addHook('onListen', async () => {
      for (const { id, status } of engine.store.rows(KIND, PLATFORM)) if (status === 'advancing') run(PLATFORM, id);
    });
    engine.store.onCommit((changes) => {
      for (const [kind, account, id] of changes) {
        if (kind === KIND && engine.store.find(KIND, account, id)?.status === 'advancing') run(account, id);
      }
    });
  },
};

function advance(tx: Transaction, clock: TestClock, target: number): TestClock {
  const refuse = (message: string) => new StripeError(400, 'invalid_request_error', message, { param: 'frozen_time' });
  if (clock.status !== 'ready') throw refuse(`Test clock ${clock.id} is ${clock.status}; wait until it is ready.`);
  if (target <= clock.frozen_time) throw refuse('A test clock can only be advanced to a later time.');
  if (target > clock.frozen_time + TWO_YEARS) throw refuse('A test clock can be advanced by two years at most.');
  const status_details = { advancing: { target_frozen_time: target } };
  const advancing: TestClock = tx.put(KIND, { ...clock, status: 'advancing', status_details });
  emit(tx, 'test_helpers.test_clock.advancing', advancing);
  return advancing;
}

function arrive(engine: Engine, account: string, id: string): void {
  const target = engine.store.find(KIND, account, id)?.status_details.advancing?.target_frozen_time;
  if (target === undefined) return;
  engine.scheduler.runUntil(id, target);
  engine.transact(
    (tx) => {
      const clock = tx.find(KIND, id);
      if (!clock) return;
      const ready: TestClock = tx.put(KIND, { ...clock, frozen_time: target, status: 'ready', status_details: {} });
      emit(tx, 'test_helpers.test_clock.ready', ready);
    },
    { account },
  );
}

/** A clock takes its customers and their subscriptions with it. */
function remove(tx: Transaction, clock: TestClock): object {
  const { id, object } = clock;
  for (const subscription of tx.all('subscription', ({ test_clock }) => test_clock === id)) {
    if (!hasEnded(subscription)) endSubscription(tx, subscription, 'cancellation_requested');
  }
  for (const customer of tx.all('customer', (one) => !one.deleted && one.test_clock === id)) {
    tx.put('customer', { id: customer.id, object: 'customer', deleted: true });
  }
  tx.remove(KIND, id);
  emit(tx, 'test_helpers.test_clock.deleted', clock);
  return { id, object, deleted: true };
}
