import type { PaymentsCore, PaymentsPart } from '../core.js';
import { Tutors } from '../marketplace/tutors.js';
import { ReturnUrls } from '../return-urls.js';
import { endPremiumGraceJob } from './end-premium-grace.job.js';
import { changePremium, endPremium, openPremium } from './premium.operations.js';
import { PremiumResolver } from './premium.resolver.js';
import { PremiumService } from './premium.service.js';
import { invoiceSync, subscriptionSync } from './premium.sync.js';

/** Wires premium memberships. */
export function createPremium(core: PaymentsCore): PaymentsPart {
  const { tools, environment, operations, sync } = core;
  operations.handle(openPremium);
  operations.handle(changePremium);
  operations.handle(endPremium);
  sync.handle(subscriptionSync(tools.orm.em, environment));
  sync.handle(invoiceSync(environment));
  const service = new PremiumService(core, new Tutors(tools.graph), new ReturnUrls(environment));
  return { resolvers: [new PremiumResolver(service)], jobs: [endPremiumGraceJob(core)] };
}
