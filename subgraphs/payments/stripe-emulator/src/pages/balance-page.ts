import { html } from './html.js';
import { page } from './layout.js';

/** What a connected account's owner sees of it; amounts are ready to be read. */
export interface BalanceView {
  merchant: string;
  email: string | null;
  balances: readonly { available: string; pending: string }[];
  payouts: readonly { amount: string; status: string; arrival: string }[];
}

/** The dashboard of a connected account, as far as one is needed to look at its money. */
export function balancePage({ merchant, email, balances, payouts }: BalanceView): string {
  const main = html`<main class="narrow">
<h1>Your money from ${merchant}</h1>
${email !== null && html`<p class="soft">${email}</p>`}
<section class="panel" aria-labelledby="balance">
<h2 id="balance">Balance</h2>
<ul class="lines">${balances.map(({ available, pending }) => html`<li><div>Available<span class="soft">On the way: ${pending}</span></div><span class="amount">${available}</span></li>`)}</ul>
<h2>Payouts</h2>
${
  payouts.length === 0
    ? html`<p class="soft">None yet.</p>`
    : html`<ul class="lines">${payouts.map(({ amount, status, arrival }) => html`<li><div>${status}<span class="soft">${arrival}</span></div><span class="amount">${amount}</span></li>`)}</ul>`
}
</section>
</main>`;
  return page({ title: 'Your money', main });
}
