import type Stripe from 'stripe';
import type { CheckoutFacts } from '../checkout/sessions.js';
import type { KeptAuthentication } from '../checkout/three-d-secure.js';
import type { AccountFacts } from '../connect/account.builder.js';
import type { KeptAccountLink } from '../connect/account-links.js';
import type { BankAccountFacts } from '../connect/bank-accounts.js';
import type { KeptLoginLink } from '../connect/login-links.js';
import type { Transferred } from '../connect/transfers.js';
import type { CardFacts } from '../money/card.js';
import type { IntentPurpose } from '../payments/intent-purpose.js';

/** When something is to be done by itself; see `schedule`. */
export interface Task {
  id: string;
  /** Unix seconds of the clock that decides. */
  at: number;
  /** Which of the resources' tasks does it. */
  task: string;
  /** The id of what it is done to, or another short text that the task understands. */
  subject: string;
  account: string;
  /** The test clock that decides; null: the emulator's own. */
  testClock: string | null;
}

/** An event that is still owed to an endpoint; its id is made of both of theirs. */
export interface Delivery {
  id: string;
  event: string;
  /** Whose event it is. */
  account: string;
  endpoint: string;
  attempts: number;
  /** There is no further attempt: the last one failed, or a fault swallowed it. */
  isGivenUp: boolean;
}

/** What a webhook endpoint does not tell: its secret, and whose events it takes. */
export interface EndpointFacts {
  id: string;
  secret: string;
  listensTo: 'account' | 'connect' | 'both';
}

/** What an account has in one currency; its id is the currency. */
export interface CurrencyBalance {
  id: string;
  available: number;
  pending: number;
  /** What becomes available when: amounts by unix seconds. */
  settlements: Readonly<Record<string, number>>;
}

/** An answer that is given again for the same idempotency key, which is the id. */
export interface IdempotentAnswer {
  id: string;
  fingerprint: string;
  status: number;
  body: string;
  requestId: string;
  created: number;
}

/** How far the emulator's clock is from the machine's. */
export interface ClockSetting {
  id: 'clock';
  offsetMs: number;
}

/**
 * Everything that is kept, by the `object` name that Stripe gives it; then what only the emulator knows. References are
 * ids, never expanded objects, and lists within objects are built when they are asked for.
 */
export interface Tables {
  account: Stripe.Account;
  balance_transaction: Stripe.BalanceTransaction;
  bank_account: Stripe.BankAccount;
  charge: Stripe.Charge;
  'checkout.session': Stripe.Checkout.Session;
  customer: Stripe.Customer | Stripe.DeletedCustomer;
  dispute: Stripe.Dispute;
  event: Stripe.Event;
  file: Stripe.File;
  invoice: Stripe.Invoice;
  invoice_payment: Stripe.InvoicePayment;
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  payout: Stripe.Payout;
  price: Stripe.Price;
  product: Stripe.Product;
  refund: Stripe.Refund;
  setup_intent: Stripe.SetupIntent;
  subscription: Stripe.Subscription;
  'test_helpers.test_clock': Stripe.TestHelpers.TestClock;
  token: Stripe.Token;
  transfer: Stripe.Transfer;
  transfer_reversal: Stripe.TransferReversal;
  webhook_endpoint: Stripe.WebhookEndpoint;
  account_facts: AccountFacts;
  account_link: KeptAccountLink;
  authentication: KeptAuthentication;
  bank_account_facts: BankAccountFacts;
  card_facts: CardFacts;
  checkout_facts: CheckoutFacts;
  clock: ClockSetting;
  currency_balance: CurrencyBalance;
  delivery: Delivery;
  endpoint_facts: EndpointFacts;
  idempotent_answer: IdempotentAnswer;
  intent_purpose: IntentPurpose;
  login_link: KeptLoginLink;
  task: Task;
  transferred: Transferred;
}

/** A name of {@link Tables}. */
export type Kind = keyof Tables;

/** The object that an id belongs to, by what stands before its first underscore. */
export const KIND_BY_PREFIX: Readonly<Record<string, Kind>> = {
  acct: 'account',
  txn: 'balance_transaction',
  ba: 'bank_account',
  ch: 'charge',
  py: 'charge',
  cs: 'checkout.session',
  cus: 'customer',
  du: 'dispute',
  evt: 'event',
  file: 'file',
  in: 'invoice',
  inpay: 'invoice_payment',
  pi: 'payment_intent',
  pm: 'payment_method',
  po: 'payout',
  price: 'price',
  prod: 'product',
  pyr: 'refund',
  re: 'refund',
  seti: 'setup_intent',
  sub: 'subscription',
  clock: 'test_helpers.test_clock',
  tok: 'token',
  tr: 'transfer',
  trr: 'transfer_reversal',
  we: 'webhook_endpoint',
};
