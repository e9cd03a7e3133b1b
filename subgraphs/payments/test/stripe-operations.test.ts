import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StripeOperations } from '../src/stripe/stripe-operations.js';
import { type CustomerCall, StripeDesk } from './stripe-desk.js';

let desk: StripeDesk;
const running: StripeOperations[] = [];

beforeAll(async () => {
  desk = await StripeDesk.open();
});

afterEach(async () => {
  for (const operations of running.splice(0)) await operations.stop();
  desk.emulator.faults.requests.set([]);
});

afterAll(() => desk?.close());

const KIND = 'create-test-customer';

function started(change: Partial<CustomerCall> = {}): StripeOperations {
  const operations = desk.process(change);
  operations.start();
  running.push(operations);
  return operations;
}

/** Decides on a call. @returns whose customer it makes, and its id */
async function decide(operations: StripeOperations, inRequest = false): Promise<{ userId: string; id: string }> {
  const userId = newId();
  const input = { userId, name: 'Ada' };
  const options = { inRequest };
  const id = await transaction(desk.orm.em, (tx) => operations.begin(tx, KIND, { subjectId: userId, input }, options));
  return { userId, id };
}

async function stands(
  id: string,
): Promise<{ status: string; attempts: number; last_error: string | null } | undefined> {
  const [row] = await desk.sql<{ status: string; attempts: number; last_error: string | null }>(
    'select status, attempts, last_error from payments.stripe_operations where id = ?',
    [id],
  );
  return row;
}

const isDone = (id: string) => expect.poll(async () => (await stands(id))?.status, { timeout: 15_000 }).toBe('DONE');
const known = (userId: string) =>
  desk.sql<{ stripe_customer_id: string }>('select stripe_customer_id from payments.customers where user_id = ?', [
    userId,
  ]);
/** As when the process has died: nobody calls any more, and its time to call is over. */
const forgetClaim = (id: string) =>
  desk.sql(
    `update payments.stripe_operations set claimed_until = now() - interval '1 second', retry_at = now() where id = ?`,
    [id],
  );

async function expectOnce(userId: string): Promise<void> {
  const [customer, ...more] = await desk.atStripe(userId);
  expect(more).toEqual([]);
  expect(await known(userId)).toEqual([{ stripe_customer_id: customer?.id }]);
}

describe('a call to Stripe', () => {
  it('is made after the commit, and its result is stored', async () => {
    const { userId, id } = await decide(started());
    await isDone(id);
    await expectOnce(userId);
  });

  it('is never made when what decided on it is rolled back', async () => {
    const operations = started();
    const userId = newId();
    const deciding = transaction(desk.orm.em, async (tx) => {
      await operations.begin(tx, KIND, { subjectId: userId, input: { userId, name: 'Ada' } });
      throw new Error('Changed my mind');
    });
    await expect(deciding).rejects.toThrow('Changed my mind');
    expect(await desk.sql('select 1 from payments.stripe_operations where subject_id = ?', [userId])).toEqual([]);
    expect(await desk.atStripe(userId)).toEqual([]);
  });

  it('is made by another process when the one that decided has died before it', async () => {
    // The first never starts.
    const { userId, id } = await decide(desk.process());
    started();
    await isDone(id);
    await expectOnce(userId);
  });

  it('is made once when a process dies after it and before the result is stored', async () => {
    const dying = desk.process({ done: () => Promise.reject(new Error('The process dies here')) });
    const { userId, id } = await decide(dying, true);
    await expect(dying.run(id)).rejects.toThrow('dies here');
    expect(await known(userId)).toEqual([]);
    expect(await desk.atStripe(userId)).toHaveLength(1);
    await forgetClaim(id);
    started();
    await isDone(id);
    await expectOnce(userId);
  });

  it.each(['FAIL_AFTER_COMMIT', 'HANG_UP', 'RATE_LIMIT', 'FAIL_BEFORE'] as const)(
    'is made once through %s',
    async (kind) => {
      desk.emulator.faults.requests.set([{ method: 'POST', path: '/v1/customers', kind, times: 2 }]);
      const { userId, id } = await decide(started());
      await isDone(id);
      await expectOnce(userId);
    },
  );

  it('is not repeated when Stripe has refused it for good, and says why', async () => {
    const { userId, id } = await decide(
      started({
        call: (stripe, _input, options) => stripe.customers.update('cus_none', {}, options).then((one) => one),
      }),
    );
    await expect.poll(async () => (await stands(id))?.status, { timeout: 15_000 }).toBe('FAILED');
    expect(await stands(id)).toMatchObject({ attempts: 1, last_error: 'resource_missing' });
    expect(await known(userId)).toEqual([{ stripe_customer_id: `refused:resource_missing:${userId}` }]);
  });

  it('looks for what it has made once Stripe may have forgotten the key', async () => {
    const dying = desk.process({ done: () => Promise.reject(new Error('The process dies here')) });
    const { userId, id } = await decide(dying, true);
    await expect(dying.run(id)).rejects.toThrow('dies here');
    await forgetClaim(id);
    await desk.sql(`update payments.stripe_operations set created_at = now() - interval '25 hours' where id = ?`, [id]);
    const calls: string[] = [];
    started({
      call: (_stripe, _input, { idempotencyKey }) => {
        calls.push(idempotencyKey);
        throw new Error('It was made already');
      },
    });
    await isDone(id);
    expect(calls).toEqual([]);
    await expectOnce(userId);
  });

  it('is made after that time if it never was', async () => {
    const { userId, id } = await decide(desk.process());
    await desk.sql(`update payments.stripe_operations set created_at = now() - interval '25 hours' where id = ?`, [id]);
    started();
    await isDone(id);
    await expectOnce(userId);
  });

  it('takes what another version of this program has made in other words', async () => {
    const dying = desk.process({ done: () => Promise.reject(new Error('The process dies here')) });
    const { userId, id } = await decide(dying, true);
    await expect(dying.run(id)).rejects.toThrow('dies here');
    await forgetClaim(id);
    started({
      call: (stripe, input, options) =>
        stripe.customers.create({ name: `${input.name} Lovelace`, metadata: { userId: input.userId } }, options),
    });
    await isDone(id);
    await expectOnce(userId);
  });

  it('that somebody waits for is made in their request, and told how it ended', async () => {
    const operations = desk.process();
    const { userId, id } = await decide(operations, true);
    expect(await operations.run(id)).toBe('DONE');
    expect(await operations.run(id)).toBe('DONE');
    expect(await stands(id)).toMatchObject({ attempts: 1 });
    await expectOnce(userId);
  });

  it.skipIf(!isRealPostgres())('is made once by processes that begin at the same time', async () => {
    const processes = [desk.process(), desk.process(), started()];
    const { userId, id } = await decide(desk.process());
    expect(await Promise.all(processes.map((operations) => operations.run(id)))).toEqual(['DONE', 'DONE', 'DONE']);
    await expectOnce(userId);
  });
});
