import type { PaymentsCore, PaymentsPart } from '../core.js';
import { registerExports } from './export.routes.js';
import { ExportAddresses } from './export-address.js';
import { LedgerAccountResolver, LedgerJournalResolver, LedgerPostingResolver } from './ledger.resolver.js';
import { LedgerService } from './ledger.service.js';

/** The ledger for those who may read it, and its export. */
export function createLedger({ tools, environment }: PaymentsCore): PaymentsPart {
  const addresses = new ExportAddresses(environment.SECRET_KEY);
  const ledgers = new LedgerService(addresses, () => tools.origin());
  return {
    resolvers: [
      new LedgerJournalResolver(ledgers),
      new LedgerPostingResolver(ledgers),
      new LedgerAccountResolver(ledgers),
    ],
    routes: (app) => registerExports(app, tools.orm.em, addresses),
  };
}
