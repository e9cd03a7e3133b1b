import { unpaidBookingsConsumer } from '../consumers/unpaid-bookings.consumer.js';
import type { PaymentsCore, PaymentsPart } from '../core.js';
import { Cards } from '../customers/cards.js';
import { Customers } from '../customers/customers.js';
import { expirePackagesJob } from '../jobs/expire-packages.job.js';
import { sweepPaymentsJob } from '../jobs/sweep-payments.job.js';
import { Bookings } from '../marketplace/bookings.js';
import { PackageResolver } from '../packages/package.resolver.js';
import { PackageService } from '../packages/package.service.js';
import { ReturnUrls } from '../return-urls.js';
import { createCheckoutSession, createPaymentIntent, endPayment } from './payment.operations.js';
import { PaymentResolver } from './payment.resolver.js';
import { PaymentService } from './payment.service.js';
import { intentSync, sessionSync } from './payment.sync.js';
import { PaymentEnding } from './payment-ending.js';
import { PaymentMakingResolver } from './payment-making.resolver.js';
import { PaymentMakingService } from './payment-making.service.js';
import { PaymentOpening } from './payment-opening.js';
import { PaymentStandingService } from './payment-standing.service.js';

/** The side that pays: payments of lessons, packages and cards. */
export function createPaying({ tools, environment, stripe, operations, sync }: PaymentsCore): PaymentsPart {
  const { em } = tools.orm;
  operations.handle(createCheckoutSession);
  operations.handle(createPaymentIntent);
  operations.handle(endPayment(em));
  sync.handle(intentSync);
  sync.handle(sessionSync);
  const bookings = new Bookings(tools.graph);
  const returnUrls = new ReturnUrls(environment);
  const customers = new Customers(em, operations);
  const cards = new Cards(em, stripe, operations, customers);
  const ending = new PaymentEnding(em, operations);
  const opening = new PaymentOpening(em, operations, ending);
  const standing = new PaymentStandingService(em, stripe, sync, ending);
  const packages = new PackageService(opening, bookings, cards, returnUrls);
  const { TAX_PERCENT: taxPercent } = environment;
  const making = new PaymentMakingService(opening, bookings, cards, returnUrls, taxPercent);
  return {
    resolvers: [
      new PaymentResolver(new PaymentService()),
      new PaymentMakingResolver(making, packages, standing),
      new PackageResolver(packages),
    ],
    jobs: [expirePackagesJob(em), sweepPaymentsJob({ em, standing, ending, bookings })],
    consumers: [unpaidBookingsConsumer(bookings, ending, taxPercent)],
  };
}
