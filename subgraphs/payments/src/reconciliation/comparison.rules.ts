import type { LedgerCash } from './ledger-cash.repository.js';
import type { DifferenceKind } from './reconciliation.rules.js';
import type { CashHolder, Movement } from './stripe-cash.js';

/** What the ledger says otherwise than Stripe. */
export interface FoundDifference {
  kind: DifferenceKind;
  stripeTransactionId: string | null;
  stripeAccountId: string | null;
  journalId: string | null;
  currency: string;
  ledgerMinor: number | null;
  stripeMinor: number | null;
}

/** Compares movements at Stripe with what the ledger says of them. */
export function compareMovements(
  { stripeAccountId }: CashHolder,
  movements: readonly Movement[],
  ledger: readonly LedgerCash[],
): FoundDifference[] {
  const known = new Map(ledger.map((cash) => [`${cash.reference} ${cash.currency}`, cash]));
  return movements.flatMap(({ transactionId, reference, currency, netMinor }) => {
    const cash = known.get(`${reference} ${currency}`);
    if (netMinor === (cash?.minor ?? 0)) return [];
    return {
      ...{ kind: cash ? ('AMOUNT_DIFFERS' as const) : ('MISSING_IN_LEDGER' as const), stripeAccountId, currency },
      ...{ stripeTransactionId: transactionId, journalId: cash?.journalIds[0] ?? null },
      ...{ ledgerMinor: cash?.minor ?? null, stripeMinor: netMinor },
    };
  });
}

/** Compares what a holder has, by currency. */
export function compareBalances(
  { stripeAccountId }: CashHolder,
  ledger: ReadonlyMap<string, number>,
  stripe: ReadonlyMap<string, number>,
): FoundDifference[] {
  const currencies = [...new Set([...ledger.keys(), ...stripe.keys()])].sort();
  return currencies.flatMap((currency) => {
    const [ledgerMinor, stripeMinor] = [ledger.get(currency) ?? 0, stripe.get(currency) ?? 0];
    if (ledgerMinor === stripeMinor) return [];
    return {
      ...{ kind: 'BALANCE_DIFFERS' as const, stripeTransactionId: null, stripeAccountId, journalId: null },
      ...{ currency, ledgerMinor, stripeMinor },
    };
  });
}

/** Takes amounts off, by currency. */
export function less(
  sums: ReadonlyMap<string, number>,
  taken: readonly { currency: string; minor: number }[],
): Map<string, number> {
  const left = new Map(sums);
  for (const { currency, minor } of taken) left.set(currency, (left.get(currency) ?? 0) - minor);
  return left;
}
