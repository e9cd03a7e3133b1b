import { CoursePurchaseResolver } from '../courses/course-purchase.resolver.js';
import { CardResolver } from '../customers/card.resolver.js';
import { PaymentLiveResolver } from '../live/payment-live.resolver.js';
import { PackageResolver } from '../packages/package.resolver.js';
import { BookingPaymentResolver, PackagePaymentResolver } from './paid-things.resolver.js';
import { PaymentResolver } from './payment.resolver.js';
import { PaymentMakingResolver } from './payment-making.resolver.js';

/** Resolver classes of the side that pays. */
export const payingResolvers = [
  PaymentResolver,
  PaymentMakingResolver,
  BookingPaymentResolver,
  PackagePaymentResolver,
  PackageResolver,
  CoursePurchaseResolver,
  PaymentLiveResolver,
  CardResolver,
] as const;
