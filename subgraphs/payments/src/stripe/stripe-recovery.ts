import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { sql } from 'kysely';
import type Stripe from 'stripe';
import { codeOf } from './stripe-client.js';
import { StripeCursor } from './stripe-cursor.entity.js';
import { StripeEvent } from './stripe-event.entity.js';
import type { ArrivedEvent, StripeSync } from './stripe-sync.js';
import { arrived } from './webhook-signature.js';

/** The platform's own account among the cursors. */
const PLATFORM = '';
const PER_PAGE = 100;
const AT_ONCE = 8;
/** Connected accounts in one run: those that were looked at longest ago. */
const ACCOUNTS_AT_ONCE = 50;
/** Stripe's lists may show an event a little later than one that is newer. */
const OVERLAP_MS = 10 * 60 * 1000;

/** What recovery needs. */
export interface StripeRecoveryOptions {
  em: EntityManager;
  stripe: Stripe;
  sync: StripeSync;
  logger: Pick<Logger, 'error'>;
}

/** Asks Stripe for events that never came, and gives each its effect. */
export class StripeRecovery {
  constructor(private readonly options: StripeRecoveryOptions) {}

  /**
   * Goes through what Stripe could not deliver, and through everything since the last time, on the platform's account and
   * on the connected ones whose turn it is. An event that fails does not keep others waiting; it is tried again next time.
   *
   * @throws when Stripe cannot be asked
   */
  async run(signal: AbortSignal): Promise<void> {
    await this.recover(PLATFORM, signal);
    for (const account of await this.accountsInTurn()) {
      signal.throwIfAborted();
      await this.recover(account, signal).catch((err: unknown) =>
        this.options.logger.error({ code: codeOf(err), account }, 'Events of a connected account cannot be read'),
      );
    }
  }

  private async recover(account: string, signal: AbortSignal): Promise<void> {
    const em = this.options.em.fork();
    const cursor = await em.findOne(StripeCursor, { account });
    const since = cursor?.recoveredUntil;
    const undelivered = await this.take(account, { delivery_success: false }, signal);
    const gte = since && Math.floor((since.getTime() - OVERLAP_MS) / 1_000);
    const recent = await this.take(account, gte ? { created: { gte } } : {}, signal);
    const failed = Math.min(undelivered.firstFailed, recent.firstFailed);
    const until = Math.min(failed, Math.max(recent.newest, since?.getTime() ?? 0));
    await sql`
      insert into payments.stripe_cursors as c (account, recovered_until, looked_at)
      values (${account}, ${until > 0 ? new Date(until) : null}, now())
      on conflict (account) do update set recovered_until = excluded.recovered_until, looked_at = now()`.execute(
      em.getKysely(),
    );
  }

  /** @returns the times of the newest event there is and of the oldest one that failed */
  private async take(account: string, wanted: Stripe.EventListParams, signal: AbortSignal) {
    const times = { newest: 0, firstFailed: Number.POSITIVE_INFINITY };
    const params = { ...wanted, limit: PER_PAGE };
    const options = account ? { stripeAccount: account } : {};
    let page = await this.options.stripe.events.list(params, options);
    while (page.data.length > 0) {
      signal.throwIfAborted();
      // Stripe does not repeat in a list of a connected account whose events they are.
      const events = page.data.map((event) => ({
        ...arrived(event),
        account: event.account ?? (account || undefined),
      }));
      const failed = await this.receiveMissing(events);
      times.newest = Math.max(times.newest, ...events.map(({ createdAt }) => createdAt.getTime()));
      times.firstFailed = Math.min(times.firstFailed, ...failed.map(({ createdAt }) => createdAt.getTime()));
      const last = page.data.at(-1);
      if (!(page.has_more && last)) break;
      page = await this.options.stripe.events.list({ ...params, starting_after: last.id }, options);
    }
    return times;
  }

  /** @returns those that failed */
  private async receiveMissing(events: readonly ArrivedEvent[]): Promise<ArrivedEvent[]> {
    const { em, sync, logger } = this.options;
    const ids = events.map(({ id }) => id);
    const known = await em.fork().find(StripeEvent, { id: { $in: ids } }, { fields: ['id'] });
    const knownIds = new Set(known.map(({ id }) => id));
    const missing = events.filter(({ id }) => !knownIds.has(id));
    const failed: ArrivedEvent[] = [];
    for (let start = 0; start < missing.length; start += AT_ONCE) {
      const few = missing.slice(start, start + AT_ONCE);
      const outcomes = await Promise.allSettled(few.map((event) => sync.receive(event)));
      for (const [index, outcome] of outcomes.entries()) {
        const event = few[index];
        if (outcome.status === 'fulfilled' || !event) continue;
        failed.push(event);
        logger.error(
          { code: codeOf(outcome.reason), eventId: event.id, type: event.type },
          'An event of Stripe has no effect yet',
        );
      }
    }
    return failed;
  }

  private async accountsInTurn(): Promise<string[]> {
    const { rows } = await sql<{ account: string }>`
      select a.stripe_account_id as account from payments.payout_accounts a
      left join payments.stripe_cursors c on c.account = a.stripe_account_id
      where a.stripe_account_id is not null order by c.looked_at nulls first limit ${ACCOUNTS_AT_ONCE}`.execute(
      this.options.em.fork().getKysely(),
    );
    return rows.map(({ account }) => account);
  }
}
