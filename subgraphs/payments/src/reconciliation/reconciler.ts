import type { EntityManager } from '@mikro-orm/postgresql';
import type Stripe from 'stripe';
import { PayoutAccount } from '../payout-accounts/payout-account.entity.js';
import { compareBalances, compareMovements, type FoundDifference, less } from './comparison.rules.js';
import { type CashPart, cashParts, type LedgerCash, ledgerBalances, ledgerOf } from './ledger-cash.repository.js';
import { recordOwnMovements } from './own-movements.js';
import { type CashHolder, findMovement, type Movement, movementPages, stripeBalances } from './stripe-cash.js';

/** What a comparison found. */
export interface Comparison {
  /** How many balance transactions of Stripe were looked at. */
  transactions: number;
  differences: FoundDifference[];
}

const PLATFORM: CashHolder = { stripeAccountId: null, kind: 'PLATFORM_CASH', owner: '' };
/** Requests to Stripe at once; it allows some dozens a second, and people's come first. */
const AT_ONCE = 4;
/** While money moves, the two sides are not read at one moment: what differs is read anew. */
const MOST_READINGS = 3;

/** Compares the ledger with the balances at Stripe, of the platform and of every connected account, in both directions. */
export class Reconciler {
  constructor(
    private readonly em: EntityManager,
    private readonly stripe: Stripe,
  ) {}

  /**
   * Compares each balance transaction that Stripe made within the span with its journals, each journal recorded in it with
   * its balance transaction, and the balances at the span's end.
   *
   * @throws when Stripe cannot be asked
   */
  async compare(from: Date, to: Date, signal: AbortSignal): Promise<Comparison> {
    const em = this.em.fork();
    const accounts = await em.find(PayoutAccount, { stripeAccountId: { $ne: null } });
    const tutors = accounts.map(({ tutorId, stripeAccountId = null }) => {
      return { kind: 'CONNECTED_CASH' as const, owner: tutorId, stripeAccountId };
    });
    const found: Comparison = { transactions: 0, differences: [] };
    const matched = new Set<string>();
    await atOnce([PLATFORM, ...tutors], async (holder) => {
      for await (const page of movementPages(this.stripe, holder, { from, to }, signal)) {
        if (holder === PLATFORM) await recordOwnMovements(this.em, page);
        const ledger = await ledgerOf(this.em.fork(), holder, page);
        found.transactions += page.length;
        found.differences.push(...compareMovements(holder, page, ledger));
        for (const key of matches(holder, page, ledger)) matched.add(key);
      }
      found.differences.push(...(await this.balances(holder, to, signal)));
    });
    for await (const parts of cashParts(em, from, to)) {
      const unmatched = parts.filter((part) => !matched.has(keyOf(part.journalId, part)));
      await atOnce(unmatched, async (part) => {
        signal.throwIfAborted();
        if (!(await this.isAtStripe(part))) found.differences.push(missingAtStripe(part));
      });
    }
    return found;
  }

  /** What differs in a holder's balance as it was at a moment: what has moved since is taken off on both sides. */
  private async balances(holder: CashHolder, at: Date, signal: AbortSignal): Promise<FoundDifference[]> {
    for (let reading = 1; ; reading++) {
      const total = await ledgerBalances(this.em.fork(), holder);
      const [sinceAtStripe, sinceInLedger]: [Movement[], LedgerCash[]] = [[], []];
      for await (const page of movementPages(this.stripe, holder, { from: at }, signal)) {
        sinceAtStripe.push(...page);
        sinceInLedger.push(...(await ledgerOf(this.em.fork(), holder, page)));
      }
      const atStripe = await stripeBalances(this.stripe, holder);
      const moved = sinceAtStripe.map(({ currency, netMinor }) => ({ currency, minor: netMinor }));
      const differences = compareBalances(holder, less(total, sinceInLedger), less(atStripe, moved));
      if (differences.length === 0 || reading === MOST_READINGS) return differences;
    }
  }

  /** Is there at Stripe, at whatever time it was made, what the ledger has recorded? */
  private async isAtStripe(part: CashPart): Promise<boolean> {
    const { transactionId, isTransfer, currency } = part;
    if (transactionId === null) return false;
    // Stripe makes both sides of a transfer at once, and the ledger knows that of the platform.
    const made = await findMovement(this.stripe, isTransfer ? PLATFORM : part, transactionId);
    return made?.currency === currency;
  }
}

function matches(holder: CashHolder, movements: readonly Movement[], ledger: readonly LedgerCash[]): string[] {
  const atStripe = new Set(movements.map(({ reference, currency }) => `${reference} ${currency}`));
  const both = ledger.filter(({ reference, currency }) => atStripe.has(`${reference} ${currency}`));
  return both.flatMap(({ journalIds, currency }) => journalIds.map((id) => keyOf(id, { ...holder, currency })));
}

function keyOf(journalId: string, { kind, owner, currency }: Pick<CashPart, 'kind' | 'owner' | 'currency'>): string {
  return `${journalId} ${kind} ${owner} ${currency}`;
}

function missingAtStripe(part: CashPart): FoundDifference {
  const { transactionId, stripeAccountId, journalId, currency, minor } = part;
  const where = { stripeTransactionId: transactionId, stripeAccountId, journalId };
  return { kind: 'MISSING_AT_STRIPE', ...where, currency, ledgerMinor: minor, stripeMinor: null };
}

/** Works on all, some at once. */
async function atOnce<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values();
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (const item of left) await work(item);
  });
  await Promise.all(workers);
}
