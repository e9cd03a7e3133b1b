import { html } from './html.js';
import { alert, field, page } from './layout.js';

/** What the onboarding form is sent with. */
export interface OnboardingForm {
  firstName?: string | undefined;
  lastName?: string | undefined;
  dateOfBirth?: string | undefined;
  routingNumber?: string | undefined;
  accountNumber?: string | undefined;
  terms?: string | undefined;
}

/** What the onboarding page shows. */
export interface OnboardingView {
  /** Where the form goes; `later` is sent by who leaves it incomplete. */
  action: string;
  merchant: string;
  country: string;
  email: string | null;
  /** Is the bank account named by a routing number and an account number, or by an IBAN? */
  bankAccount: 'ROUTING' | 'IBAN';
  /** The bank account known already. */
  savedAccount: string | null;
  form: OnboardingForm;
  errors?: Partial<Record<keyof OnboardingForm, string>>;
}

const TEST_ACCOUNTS = {
  ROUTING: [
    ['000123456789', 'Payouts arrive'],
    ['000111111116', 'Payouts fail: no account'],
    ['000111111113', 'Payouts fail: account closed'],
    ['000222222227', 'Payouts fail: insufficient funds'],
    ['000333333335', 'Payouts fail: debit not authorized'],
    ['000444444440', 'Payouts fail: invalid currency'],
  ],
  IBAN: [
    ['DE89370400440532013000', 'Payouts arrive'],
    ['DE62370400440532013001', 'Payouts fail: no account'],
    ['DE08370400440532013003', 'Payouts fail: account closed'],
  ],
} as const;

/** The page on which a connected account says who it is and where its money goes. */
export function onboardingPage(view: OnboardingView): string {
  const { action, merchant, country, email, bankAccount, savedAccount, form, errors = {} } = view;
  const main = html`<main class="narrow">
<h1>Get paid by ${merchant}</h1>
<p class="soft">Country ${country}${email !== null && html` · ${email}`}. Enter test data only: nothing is checked by a bank or an authority.</p>
<section class="panel" aria-label="Your details">
${alert(Object.keys(errors).length > 0 ? 'Some details are missing or wrong.' : undefined)}
<form method="post" action="${action}" novalidate>
<h2>Who you are</h2>
<div class="pair">
${field({ name: 'firstName', label: 'First name', value: form.firstName, error: errors.firstName })}
${field({ name: 'lastName', label: 'Last name', value: form.lastName, error: errors.lastName })}
</div>
${field({ name: 'dateOfBirth', label: 'Date of birth', type: 'date', value: form.dateOfBirth, error: errors.dateOfBirth })}
<h2>Where your money goes</h2>
${savedAccount !== null && html`<p class="soft">Now: ${savedAccount}. Leave the fields empty to keep it.</p>`}
${bankAccount === 'ROUTING' && field({ name: 'routingNumber', label: 'Routing number', inputMode: 'numeric', placeholder: '110000000', maxLength: 9, value: form.routingNumber, error: errors.routingNumber })}
${field({ name: 'accountNumber', label: bankAccount === 'IBAN' ? 'IBAN' : 'Account number', maxLength: 34, list: 'test-accounts', placeholder: TEST_ACCOUNTS[bankAccount][0][0], error: errors.accountNumber })}
<datalist id="test-accounts">${TEST_ACCOUNTS[bankAccount].map(([number, effect]) => html`<option value="${number}">${effect}</option>`)}</datalist>
<div class="check">
<input id="terms" name="terms" type="checkbox" value="accepted"${form.terms !== undefined && html` checked`}${errors.terms !== undefined && html` aria-invalid="true" aria-describedby="terms-error"`}>
<label for="terms">I accept the terms of this test service.</label>
</div>
${errors.terms !== undefined && html`<p class="field-error" id="terms-error">${errors.terms}</p>`}
<button type="submit">Agree and submit</button>
<button type="submit" name="later" value="yes" class="second">Save and finish later</button>
</form>
</section>
</main>`;
  return page({ title: 'Get paid', main });
}
