import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { sqlState, transaction, violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paymentPaid, refundAsked, shareReleased } from '../src/ledger/journals.js';
import { balanceOf, type NewJournal, postJournal } from '../src/ledger/post.js';
import { lesson, record } from './books.js';

let graph: TestGraph;
let em: EntityManager;

beforeAll(async () => {
  graph = await startTestGraph(['payments']);
  const orm = graph.rooms.get('payments')?.orm;
  if (!orm) throw new Error('The payments room did not start');
  em = orm.em;
});

afterAll(() => graph?.close());

async function failure(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return undefined;
}

async function countOf(cause: string): Promise<{ journals: number; postings: number }> {
  const [row = { journals: 0, postings: 0 }] = await em.fork().execute<{ journals: number; postings: number }[]>(
    `select count(distinct j.id)::int as journals, count(p.id)::int as postings from payments.journals j
       left join payments.postings p on p.journal_id = j.id where j.cause = ?`,
    [cause],
  );
  return row;
}

function unbalanced(): NewJournal {
  const [lines, cause] = [paymentPaid(lesson(), 'txn').lines, newId()];
  return { kind: 'ADJUSTMENT', cause, lines: lines.slice(1) };
}

describe('the ledger', () => {
  it('takes a journal once for its kind and cause, and tells when it knows it', async () => {
    const payment = lesson();
    const journal = paymentPaid(payment, 'txn_once');
    expect(await record(em, [journal, journal, shareReleased(payment, 8_000, 0)])).toEqual([true, false, true]);
    expect(await countOf(payment.id)).toEqual({ journals: 2, postings: 5 });
  });

  it('refuses what does not sum to zero, and nothing of it is left', async () => {
    const journal = unbalanced();
    const error = await failure(() => record(em, [journal]));
    expect([sqlState(error), violatedConstraint(error)]).toEqual(['23514', 'journals_balanced']);
    expect(await countOf(journal.cause)).toEqual({ journals: 0, postings: 0 });
  });

  it('refuses what sums to zero only over two currencies', async () => {
    const lines = [
      { account: 'PLATFORM_CASH' as const, currency: 'USD', amountMinor: 100 },
      { account: 'COMMISSION' as const, currency: 'EUR', amountMinor: -100 },
    ];
    const error = await failure(() => record(em, [{ kind: 'ADJUSTMENT', cause: newId(), lines }]));
    expect(violatedConstraint(error)).toBe('journals_balanced');
  });

  it('refuses another side that is added to a journal later', async () => {
    const payment = lesson();
    await record(em, [paymentPaid(payment, 'txn_later')]);
    const more = `insert into payments.postings (journal_id, account_id, currency, amount_minor)
      select journal_id, account_id, currency, 1 from payments.postings
       where journal_id = (select id from payments.journals where cause = ?) limit 1`;
    const error = await failure(() => em.fork().execute(more, [payment.id]));
    expect(violatedConstraint(error)).toBe('journals_balanced');
  });

  it.each([
    ["update payments.journals set cause = 'another'"],
    ['delete from payments.journals'],
    ['truncate payments.journals cascade'],
    ['update payments.postings set amount_minor = amount_minor * 2'],
    ['delete from payments.postings'],
    ['truncate payments.postings'],
  ])('is never changed: %s', async (statement) => {
    const payment = lesson();
    await record(em, [paymentPaid(payment, 'txn_kept')]);
    const error = await failure(() => em.fork().execute(statement));
    expect(sqlState(error)).toBe('TG001');
    expect(await countOf(payment.id)).toEqual({ journals: 1, postings: 3 });
  });

  it('knows what each account holds from its postings alone', async () => {
    const payment = lesson();
    const refund = { id: newId(), amountMinor: 5_000, shareMinor: 4_000, taxMinor: 0 };
    await record(em, [paymentPaid(payment, 'txn_held'), refundAsked(payment, refund, 'TUTOR_PENDING')]);
    const held = (currency: string) => balanceOf(em.fork(), 'TUTOR_PENDING', payment.tutorId, currency);
    expect([await held('USD'), await held('EUR')]).toEqual([-4_000, 0]);
  });
});

describe.skipIf(!isRealPostgres())('the ledger, used by many at once,', () => {
  it('takes a journal once, however many record it', async () => {
    const journal = paymentPaid(lesson(), 'txn_race');
    const taken = await Promise.all(Array.from({ length: 20 }, () => record(em, [journal])));
    expect(taken.flat().filter(Boolean)).toHaveLength(1);
    expect(await countOf(journal.cause)).toEqual({ journals: 1, postings: 3 });
  });

  it('opens each account once, and loses nothing', async () => {
    const { tutorId, payerId } = lesson();
    const payments = Array.from({ length: 40 }, () => ({ ...lesson(1_000), tutorId, payerId }));
    await Promise.all(payments.map((payment) => record(em, [paymentPaid(payment, null)])));
    expect(await balanceOf(em.fork(), 'TUTOR_PENDING', tutorId, 'USD')).toBe(-32_000);
  });

  it('waits for one that has recorded the same and is not committed, and keeps nobody else waiting', async () => {
    const journal = paymentPaid(lesson(), null);
    const first = transaction(em, async (tx) => {
      await postJournal(tx, journal, new Date());
      const second = record(em, [journal]);
      await record(em, [paymentPaid(lesson(1_000, 'JPY'), null)]);
      return { second };
    });
    expect(await (await first).second).toEqual([false]);
  });
});
