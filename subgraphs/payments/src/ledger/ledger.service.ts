import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { z } from 'zod';
import { maySeePayment } from '../payments/payment.access.js';
import type { Payment } from '../payments/payment.entity.js';
import { paymentsById } from '../payments/payment.repository.js';
import type { ExportAddresses } from './export-address.js';
import type { Journal } from './journal.entity.js';
import {
  type AccountSearch,
  findAccounts,
  findJournals,
  type JournalSearch,
  ledgerAccountsById,
  ledgerBalances,
  postingsOfJournals,
} from './ledger.repository.js';
import type { LedgerAccount } from './ledger-account.entity.js';
import type { Posting } from './posting.entity.js';

const EXPORT_LASTS_MS = 5 * 60 * 1_000;
const MOST_YEARS_MS = 3_653 * 24 * 60 * 60 * 1_000;
const span = z
  .object({ from: z.date(), to: z.date() })
  .refine(({ from, to }) => to > from && to.getTime() - from.getTime() <= MOST_YEARS_MS, { path: ['to'] });

/** The ledger, for finance staff. */
export class LedgerService {
  constructor(
    private readonly addresses: ExportAddresses,
    private readonly origin: () => string,
  ) {}

  /** A page of the journals. */
  journals(context: RequestContext, search: JournalSearch, page: PageRequest): Promise<Connection<Journal>> {
    return findJournals(context.em, search, page);
  }

  /** A page of the accounts. */
  accounts(context: RequestContext, search: AccountSearch, page: PageRequest): Promise<Connection<LedgerAccount>> {
    return findAccounts(context.em, search, page);
  }

  /** Both sides of a journal. */
  postings(context: RequestContext, { id }: Journal): Promise<Posting[]> {
    return context.loader(postingsOfJournals).load(id);
  }

  /** To what a posting was made. */
  account(context: RequestContext, { accountId }: Posting): Promise<LedgerAccount> {
    return context.loader(ledgerAccountsById).load(accountId);
  }

  /** What a journal is about; null when that is no payment that the viewer may see. */
  async payment(context: RequestContext, { paymentId }: Journal): Promise<Payment | null> {
    const payment = paymentId ? await context.loader(paymentsById).load(paymentId) : null;
    return payment && maySeePayment(context, payment) ? payment : null;
  }

  /** What an account held before a moment, in minor units; null: now. */
  balance(context: RequestContext, { id }: LedgerAccount, at: Date | null): Promise<number> {
    return context.loader(ledgerBalances).load({ accountId: id, at });
  }

  /** Lets the viewer download the ledger of a span. @throws Refusal INVALID_INPUT */
  async export(context: RequestContext, input: unknown): Promise<{ url: string; expiresAt: Date }> {
    const { from, to } = accept(span, input, context.locale);
    const expiresAt = new Date(Date.now() + EXPORT_LASTS_MS);
    await transaction(context.em, async (tx) => {
      const what = { resource: 'LedgerExport', resourceId: newId() };
      recordStaffAction(tx, context, { action: 'payments.ledger.export', ...what });
    });
    return { url: new URL(this.addresses.address({ from, to, expiresAt }), this.origin()).href, expiresAt };
  }
}
