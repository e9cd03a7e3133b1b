import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import type Stripe from 'stripe';
import type { Customers } from './customers/customers.js';
import type { PaymentsEnvironment } from './environment.js';
import type { StripeOperations } from './stripe/stripe-operations.js';
import type { StripeSync } from './stripe/stripe-sync.js';

/** What every part of this room is built on. */
export interface PaymentsCore {
  tools: RoomTools;
  environment: PaymentsEnvironment;
  /** To read from Stripe; what changes something there goes through `operations`. */
  stripe: Stripe;
  operations: StripeOperations;
  sync: StripeSync;
  /** People as Stripe's customers, whatever they pay for. */
  customers: Customers;
}

/** What a part adds to the room. */
export type PaymentsPart = Pick<RoomParts, 'resolvers' | 'jobs' | 'consumers' | 'routes' | 'prepare' | 'close'>;
