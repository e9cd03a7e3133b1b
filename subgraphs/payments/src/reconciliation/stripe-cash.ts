import Stripe from 'stripe';

/** A balance at Stripe that the ledger mirrors. */
export interface CashHolder {
  /** The connected account; null for the platform. */
  stripeAccountId: string | null;
  kind: 'PLATFORM_CASH' | 'CONNECTED_CASH';
  /** The tutor; an empty string for the platform. */
  owner: string;
}

/** A balance transaction of Stripe. */
export interface Movement {
  transactionId: string;
  /** Stripe's word for what it is, such as `charge`. */
  type: string;
  createdAt: Date;
  currency: string;
  /** What it changes the balance by, fees taken off, in minor units. */
  netMinor: number;
  /** By what the ledger knows it: at a connected account, what comes and goes by transfers has the id of the transfer. */
  reference: string;
}

/** When balance transactions were made; both ends in whole seconds. */
export interface CreatedSpan {
  from: Date;
  /** Excluded; without it, until now. */
  to?: Date;
}

const PER_PAGE = 100;

/** Pages of the balance transactions of a holder. An account that Stripe does not let us see any more has none. */
export async function* movementPages(
  stripe: Stripe,
  { stripeAccountId }: CashHolder,
  { from, to }: CreatedSpan,
  signal: AbortSignal,
): AsyncGenerator<readonly Movement[]> {
  const created = { gte: seconds(from), ...(to && { lt: seconds(to) }) };
  const params = { created, limit: PER_PAGE, ...(stripeAccountId && { expand: ['data.source'] }) };
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted();
    const page = await visible(() =>
      stripe.balanceTransactions.list({ ...params, ...(after && { starting_after: after }) }, options(stripeAccountId)),
    );
    if (!page || page.data.length === 0) return;
    yield page.data.map(toMovement);
    if (!page.has_more) return;
    after = page.data.at(-1)?.id;
  }
}

/** What a holder has at Stripe, pending and available, by currency. */
export async function stripeBalances(stripe: Stripe, { stripeAccountId }: CashHolder): Promise<Map<string, number>> {
  const balance = await visible(() => stripe.balance.retrieve({}, options(stripeAccountId)));
  const sums = new Map<string, number>();
  for (const { amount, currency } of balance ? [...balance.available, ...balance.pending] : []) {
    const code = currency.toUpperCase();
    sums.set(code, (sums.get(code) ?? 0) + amount);
  }
  return sums;
}

/** Reads one balance transaction. @returns null when there is none */
export async function findMovement(
  stripe: Stripe,
  { stripeAccountId }: CashHolder,
  transactionId: string,
): Promise<Movement | null> {
  const expand = stripeAccountId ? { expand: ['source'] } : {};
  const found = await visible(() =>
    stripe.balanceTransactions.retrieve(transactionId, expand, options(stripeAccountId)),
  );
  return found && toMovement(found);
}

function toMovement({ id, type, created, currency, net, source }: Stripe.BalanceTransaction): Movement {
  return {
    transactionId: id,
    type,
    createdAt: new Date(created * 1_000),
    currency: currency.toUpperCase(),
    netMinor: net,
    reference: transferBehind(source) ?? id,
  };
}

function transferBehind(source: Stripe.BalanceTransaction['source']): string | null {
  if (source === null || typeof source === 'string') return null;
  if (source.object === 'charge') return idOf(source.source_transfer);
  if (source.object === 'refund') return idOf(source.source_transfer_reversal);
  return null;
}

function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null);
}

function options(stripeAccountId: string | null): Stripe.RequestOptions {
  return stripeAccountId ? { stripeAccount: stripeAccountId } : {};
}

function seconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1_000);
}

/** What is not there, or at an account that was closed, is null. */
async function visible<Value>(ask: () => Promise<Value>): Promise<Value | null> {
  try {
    return await ask();
  } catch (error) {
    const { code } = error instanceof Stripe.errors.StripeError ? error : {};
    if (code === 'resource_missing' || code === 'account_invalid') return null;
    throw error;
  }
}
