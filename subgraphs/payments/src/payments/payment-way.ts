import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Payment } from './payment.entity.js';
import type { IntentInput, SessionInput } from './payment.operations.js';

/** The columns of a payment that differ from one to another. */
export type NewPayment = Pick<
  Payment,
  | 'kind'
  | 'payerId'
  | 'tutorId'
  | 'bookingId'
  | 'packageId'
  | 'amountMinor'
  | 'currency'
  | 'commissionPercent'
  | 'shareMinor'
  | 'taxMinor'
> &
  Partial<Pick<Payment, 'courseId' | 'cohortId'>> & { expiresAt: Date };

/** A page of Stripe, and where it leads back to. */
export type Page = Pick<SessionInput, 'successUrl' | 'cancelUrl' | 'locale'>;

/** How a payment is to be made: on Stripe's page, or in the client's own form. */
export type Way = ({ method: 'CHECKOUT' } & Page) | ({ method: 'INTENT' } & Pick<IntentInput, 'cardId'>);

/** What Stripe is told besides. */
export interface OpeningTerms {
  customerId: string;
  description: string;
  saveCard: boolean;
  way: Way;
}

/** In which of our languages Stripe's page is. */
export function pageLocale({ locale }: RequestContext): Page['locale'] {
  return locale === 'ru' ? 'ru' : 'en';
}
