import { serviceUnavailable } from '@tutorgraph/kit/graphql/errors';
import Stripe from 'stripe';

/**
 * Asks Stripe on behalf of somebody who waits for the answer.
 *
 * @throws SERVICE_UNAVAILABLE when Stripe does not answer as it should. Of its error only the code is told: the rest may hold
 * what people have typed into its page.
 */
export async function reached<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    throw serviceUnavailable(`Stripe does not answer (${error.code ?? error.type}); try again`);
  }
}
