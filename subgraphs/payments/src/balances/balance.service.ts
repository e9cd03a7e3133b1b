import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { mapConnection } from '@tutorgraph/kit/graphql/connection-map';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Money } from '@tutorgraph/kit/graphql/money';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import type { Tutors } from '../marketplace/tutors.js';
import { Payment } from '../payments/payment.entity.js';
import { type TutorBalance, tutorBalances } from './balance.repository.js';
import { withdrawable } from './balance.rules.js';
import type { BalanceType, EarningType } from './balance.types.js';
import { earningStatus } from './earning.rules.js';

/** An earning with the lesson that it is for. */
export type Earning = EarningType & { bookingId: string | null };

/** What tutors have, as the ledger says. */
export class BalanceService {
  constructor(private readonly tutors: Tutors) {}

  /** The viewer's balance in each currency in which there was ever something. */
  async own(context: RequestContext): Promise<BalanceType[]> {
    const tutorId = await this.tutors.ofUser(context.em, context.user.userId);
    if (!tutorId) return [];
    const balances = (await tutorBalances(context.em, [tutorId])).get(tutorId) ?? [];
    return balances.map(toBalance);
  }

  /** The viewer's shares of paid lessons, the newest first; null without a tutor profile. */
  async earnings(context: RequestContext, page: PageRequest): Promise<Connection<Earning> | null> {
    const tutorId = await this.tutors.ofUser(context.em, context.user.userId);
    if (!tutorId) return null;
    const payments = await keysetPage(
      context.em,
      {
        entity: Payment,
        from: sql`from payments.payments t where t.tutor_id = ${tutorId} and t.kind = 'LESSON' and t.paid_at is not null`,
        order: [
          { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
          { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
        ],
      },
      page,
    );
    return mapConnection(payments, toEarning);
  }
}

function toBalance(balance: TutorBalance): BalanceType {
  const { currency } = balance;
  const money = (amountMinor: number): Money => ({ amountMinor, currency });
  return {
    currency,
    pending: money(balance.pendingMinor),
    available: money(balance.availableMinor),
    frozen: money(balance.frozenMinor),
    owed: money(balance.owedMinor),
    withdrawable: money(withdrawable(balance)),
  };
}

function toEarning(payment: Payment): Earning {
  const { id, currency, shareMinor, shareRefundedMinor, createdAt } = payment;
  const money = (amountMinor: number): Money => ({ amountMinor, currency });
  return {
    id,
    status: earningStatus(payment),
    amount: money(shareMinor - shareRefundedMinor),
    returned: money(shareRefundedMinor),
    transferred: money(payment.transferredMinor),
    paidAt: payment.paidAt ?? createdAt,
    dueAt: payment.settleAt ?? null,
    bookingId: payment.bookingId ?? null,
  };
}
