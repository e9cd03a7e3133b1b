import type Stripe from 'stripe';

type Session = Stripe.Checkout.Session;

/** What a checkout session begins with; times in Unix seconds, amounts in minor units. */
export interface NewSession {
  id: string;
  mode: 'payment' | 'setup' | 'subscription';
  created: number;
  expiresAt: number;
  url: string;
  successUrl: string;
  cancelUrl: string | null;
  /** Null when nothing is bought. */
  amountTotal: number | null;
  currency: string | null;
  customer: string | null;
  customerEmail: string | null;
  customerCreation: 'always' | 'if_required' | null;
  clientReferenceId: string | null;
  metadata: Record<string, string>;
  locale: string | null;
  submitType: string | null;
}

// Parts of Checkout that the emulator does not have.
const NOT_OFFERED = {
  adaptive_pricing: null,
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  billing_address_collection: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  integration_identifier: null,
  invoice_creation: null,
  managed_payments: null,
  origin_context: null,
  payment_link: null,
  payment_method_configuration_details: null,
  permissions: null,
  recovered_from: null,
  saved_payment_method_options: null,
  shipping_address_collection: null,
  shipping_cost: null,
  wallet_options: null,
} as const;

/** A session that waits for its buyer. */
export function buildSession(about: NewSession): Session {
  const { amountTotal, customerEmail } = about;
  return {
    id: about.id,
    object: 'checkout.session',
    ...NOT_OFFERED,
    amount_subtotal: amountTotal,
    amount_total: amountTotal,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    cancel_url: about.cancelUrl,
    client_reference_id: about.clientReferenceId,
    client_secret: null,
    created: about.created,
    currency: about.currency,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: about.customer,
    customer_account: null,
    customer_creation: about.customerCreation,
    customer_details: customerEmail === null ? null : customerDetails(customerEmail, null),
    customer_email: customerEmail,
    discounts: [],
    expires_at: about.expiresAt,
    invoice: null,
    livemode: false,
    locale: about.locale,
    metadata: about.metadata,
    mode: about.mode,
    payment_intent: null,
    payment_method_collection: about.mode === 'payment' ? 'if_required' : 'always',
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    payment_status: amountTotal === null ? 'no_payment_required' : 'unpaid',
    phone_number_collection: { enabled: false },
    setup_intent: null,
    shipping_options: [],
    status: 'open',
    submit_type: about.submitType,
    subscription: null,
    success_url: about.successUrl,
    total_details: amountTotal === null ? null : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: about.url,
  };
}

/** Who has bought. */
export function customerDetails(email: string | null, name: string | null): Session['customer_details'] {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: name,
    name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
}
