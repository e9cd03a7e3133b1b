import { unpaidBookingsConsumer } from '../consumers/unpaid-bookings.consumer.js';
import type { PaymentsCore, PaymentsPart } from '../core.js';
import { CoursePurchaseResolver } from '../courses/course-purchase.resolver.js';
import { CoursePurchaseService } from '../courses/course-purchase.service.js';
import { CardResolver } from '../customers/card.resolver.js';
import { CardService } from '../customers/card.service.js';
import { Cards } from '../customers/cards.js';
import { expirePackagesJob } from '../jobs/expire-packages.job.js';
import { sweepPaymentsJob } from '../jobs/sweep-payments.job.js';
import { Courses } from '../learning/courses.js';
import { PaymentLiveResolver } from '../live/payment-live.resolver.js';
import { PaymentLiveService } from '../live/payment-live.service.js';
import { Bookings } from '../marketplace/bookings.js';
import { PackageResolver } from '../packages/package.resolver.js';
import { PackageService } from '../packages/package.service.js';
import { ReceiptService } from '../receipts/receipt.service.js';
import { registerReceipts } from '../receipts/receipt-routes.js';
import { ReceiptUrls } from '../receipts/receipt-urls.js';
import { ReturnUrls } from '../return-urls.js';
import { BookingPaymentResolver, PackagePaymentResolver } from './paid-things.resolver.js';
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
export function createPaying(core: PaymentsCore): PaymentsPart {
  const { tools, environment, stripe, operations, sync, customers } = core;
  const { em } = tools.orm;
  operations.handle(createCheckoutSession);
  operations.handle(createPaymentIntent);
  operations.handle(endPayment(em));
  sync.handle(intentSync);
  sync.handle(sessionSync);
  const bookings = new Bookings(tools.graph);
  const returnUrls = new ReturnUrls(environment);
  const cards = new Cards(em, stripe, operations, customers);
  const ending = new PaymentEnding(em, operations);
  const opening = new PaymentOpening(em, operations, ending);
  const standing = new PaymentStandingService(em, stripe, sync, ending);
  const packages = new PackageService(opening, bookings, cards, returnUrls);
  const { TAX_PERCENT: taxPercent } = environment;
  const making = new PaymentMakingService(opening, bookings, cards, returnUrls, taxPercent);
  const purchases = new CoursePurchaseService(opening, new Courses(tools.graph), cards, returnUrls, taxPercent);
  const reading = new PaymentService();
  const receiptUrls = new ReceiptUrls(environment.SECRET_KEY, tools.origin);
  const receipts = new ReceiptService(em, tools.graph, bookings, tools.messages, receiptUrls);
  return {
    resolvers: [
      new PaymentResolver(reading, receiptUrls),
      new BookingPaymentResolver(reading),
      new PackagePaymentResolver(reading),
      new PaymentLiveResolver(new PaymentLiveService(tools.live)),
      new CardResolver(new CardService(cards, returnUrls, environment.DEFAULT_CURRENCY)),
      new PaymentMakingResolver(making, packages, standing),
      new PackageResolver(packages),
      new CoursePurchaseResolver(purchases, standing),
    ],
    jobs: [expirePackagesJob(em), sweepPaymentsJob({ em, standing, ending, bookings })],
    consumers: [unpaidBookingsConsumer(bookings, ending, taxPercent)],
    routes: (app) => registerReceipts(app, receipts, tools.rateLimiter),
  };
}
