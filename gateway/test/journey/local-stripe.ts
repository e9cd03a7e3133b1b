import { setTimeout as delay } from 'node:timers/promises';

const HEADERS = { authorization: `Basic ${btoa('sk_test_emulator:')}` };
const LOOKS = 200;
const PAUSE_MS = 100;

/** Events of a payment that were taken, signed, by whoever Stripe's webhooks go to: pays a little at the emulator and waits. */
export async function takenEvents(stripeUrl: string): Promise<string[]> {
  const payment = { amount: '500', currency: 'eur', confirm: 'true', payment_method: 'pm_card_visa' };
  const methods = {
    'automatic_payment_methods[enabled]': 'true',
    'automatic_payment_methods[allow_redirects]': 'never',
  };
  const body = new URLSearchParams({ ...payment, ...methods });
  const paid = await fetch(`${stripeUrl}/v1/payment_intents`, { method: 'POST', headers: HEADERS, body });
  if (!paid.ok) throw new Error(`The emulator answered ${paid.status}: ${await paid.text()}`);
  for (let look = 0; look < LOOKS; look++) {
    const answer = await fetch(`${stripeUrl}/v1/events?delivery_success=true`, { headers: HEADERS });
    const { data } = (await answer.json()) as { data: { type: string }[] };
    const types = data.map(({ type }) => type);
    if (types.includes('charge.succeeded') && types.includes('payment_intent.succeeded')) return types.sort();
    await delay(PAUSE_MS);
  }
  throw new Error('Nobody takes the events of Stripe');
}
