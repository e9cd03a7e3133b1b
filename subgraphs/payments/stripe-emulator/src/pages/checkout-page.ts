import { type Html, html } from './html.js';
import { alert, field, page } from './layout.js';

/** What the pay form is sent with; `html` ids and names are the ones of Stripe's own page. */
export interface CheckoutForm {
  email?: string | undefined;
  cardNumber?: string | undefined;
  cardExpiry?: string | undefined;
  cardCvc?: string | undefined;
  billingName?: string | undefined;
}

/** One line of what is bought; amounts are ready to be read. */
export interface CheckoutLine {
  name: string;
  description: string | null;
  quantity: number;
  amount: string;
}

/** What the hosted page shows. */
export interface CheckoutView {
  /** Where the form goes. */
  action: string;
  mode: 'payment' | 'setup' | 'subscription';
  merchant: string;
  lines: readonly CheckoutLine[];
  /** The total as one reads it; nothing is due when a card is only saved. */
  total: string | null;
  /** How often it is due: `every 30 days`. */
  interval: string | null;
  /** The buyer's address, when it is known and not asked for. */
  email: string | null;
  cancelUrl: string | null;
  /** What was sent before; a card's number and CVC are not sent back. */
  form?: CheckoutForm;
  /** What is wrong with a field. */
  errors?: Partial<Record<keyof CheckoutForm, string>>;
  /** What is wrong with the payment: a decline. */
  problem?: string;
}

const TEST_CARDS = [
  ['4242 4242 4242 4242', 'Succeeds'],
  ['4000 0025 0000 3155', 'Asks for authentication (3-D Secure)'],
  ['4000 0000 0000 0002', 'Is declined'],
  ['4000 0000 0000 9995', 'Has insufficient funds'],
  ['4000 0000 0000 0341', 'Can be saved, but is declined when charged later'],
  ['4000 0000 0000 0259', 'Succeeds, then is disputed as fraudulent'],
] as const;

const HEADINGS = { payment: 'Pay', setup: 'Save your card with', subscription: 'Subscribe to' } as const;

/** Checkout's hosted page: what is bought, and a form for a test card. */
export function checkoutPage(view: CheckoutView): string {
  const main = html`<main class="columns">
<section aria-labelledby="summary">
<h1 id="summary">${HEADINGS[view.mode]} ${view.merchant}</h1>
${view.total !== null && html`<p class="total">${view.total}${view.interval !== null && html` <small>${view.interval}</small>`}</p>`}
${view.lines.length > 0 && html`<ul class="lines">${view.lines.map(line)}</ul>`}
${view.cancelUrl !== null && html`<p><a href="${view.cancelUrl}">Go back without ${view.mode === 'setup' ? 'saving' : 'paying'}</a></p>`}
</section>
<section class="panel" aria-labelledby="card">
<h2 id="card">${view.mode === 'setup' ? 'Card to save' : 'Pay with a card'}</h2>
${alert(view.problem)}
${payForm(view)}
${testCards()}
</section>
</main>`;
  return page({ title: view.mode === 'setup' ? 'Save a card' : 'Pay', main });
}

function line({ name, description, quantity, amount }: CheckoutLine): Html {
  const details = [description, quantity > 1 && `Quantity ${quantity}`].filter((part) => part).join(' · ');
  return html`<li><div>${name}${details !== '' && html` <span class="soft">${details}</span>`}</div><span class="amount">${amount}</span></li>`;
}

function payForm({ action, mode, email, total, form = {}, errors = {} }: CheckoutView): Html {
  return html`<form method="post" action="${action}" novalidate>
${
  email === null
    ? field({
        name: 'email',
        label: 'Email',
        type: 'email',
        inputMode: 'email',
        value: form.email,
        error: errors.email,
      })
    : html`<p class="soft">For ${email}</p>`
}
${field({ name: 'cardNumber', label: 'Card number', inputMode: 'numeric', placeholder: '4242 4242 4242 4242', maxLength: 23, list: 'test-cards', error: errors.cardNumber })}
<datalist id="test-cards">${TEST_CARDS.map(([number, effect]) => html`<option value="${number}">${effect}</option>`)}</datalist>
<div class="pair">
${field({ name: 'cardExpiry', label: 'Expiry (MM / YY)', inputMode: 'numeric', placeholder: '12 / 34', maxLength: 9, value: form.cardExpiry, error: errors.cardExpiry })}
${field({ name: 'cardCvc', label: 'CVC', inputMode: 'numeric', placeholder: '123', maxLength: 4, error: errors.cardCvc })}
</div>
${field({ name: 'billingName', label: 'Name on the card', value: form.billingName, error: errors.billingName })}
<button type="submit">${mode === 'setup' ? 'Save card' : mode === 'subscription' ? 'Subscribe' : `Pay ${total ?? ''}`}</button>
</form>`;
}

function testCards(): Html {
  return html`<details>
<summary>Test cards</summary>
<p class="soft">Any expiry in the future, any CVC, any name.</p>
<table>
<caption class="soft">What each number does</caption>
<tbody>${TEST_CARDS.map(([number, effect]) => html`<tr><th scope="row"><code>${number}</code></th><td>${effect}</td></tr>`)}</tbody>
</table>
</details>`;
}
