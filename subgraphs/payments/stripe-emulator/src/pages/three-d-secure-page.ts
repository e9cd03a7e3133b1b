import { html } from './html.js';
import { page } from './layout.js';

/** What the bank's page shows. */
export interface ThreeDSecureView {
  /** Where the form goes; sent with `outcome`. */
  action: string;
  merchant: string;
  /** What is to be paid, or nothing when a card is saved. */
  amount: string | null;
  /** `the card ending in 3155` */
  card: string;
}

/** The bank's page: the buyer says whether it is really them. */
export function threeDSecurePage({ action, merchant, amount, card }: ThreeDSecureView): string {
  const main = html`<main class="narrow">
<section class="panel" aria-labelledby="challenge">
<h1 id="challenge">3-D Secure</h1>
<p>Here your bank would make sure that it is you who ${amount === null ? html`saves ${card} with` : html`pays ${amount} with ${card} to`} ${merchant}.
Choose how it ends.</p>
<form method="post" action="${action}">
<button type="submit" name="outcome" value="complete">Complete authentication</button>
<button type="submit" name="outcome" value="fail" class="second">Fail authentication</button>
</form>
</section>
</main>`;
  return page({ title: '3-D Secure', main });
}
