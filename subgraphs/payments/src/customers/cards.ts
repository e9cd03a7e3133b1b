import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import Stripe from 'stripe';
import type { PaymentErrorCode } from '../payments/payment.errors.js';
import type { Page, Way } from '../payments/payment-way.js';
import { reached } from '../stripe/reached.js';
import type { OperationHandler, StripeOperations } from '../stripe/stripe-operations.js';
import { Customer } from './customer.entity.js';
import { type Customers, lockCustomer } from './customers.js';

/** A card that Stripe keeps for somebody. */
export interface Card {
  id: string;
  brand: string;
  last4: string;
  expiryMonth: number;
  expiryYear: number;
  isDefault: boolean;
}

/** Where to keep a card. */
interface SetupInput extends Page, Readonly<Record<string, unknown>> {
  customerId: string;
  userId: string;
  currency: string;
}

type DetachInput = Readonly<Record<string, unknown>> & { cardId: string };

const SETUP = 'create-setup-session';
const DETACH = 'detach-card';
const MOST_CARDS = 100;

/** Saved cards: Stripe keeps them, and we only which of them is the default. */
export class Cards {
  constructor(
    private readonly em: EntityManager,
    private readonly stripe: Stripe,
    private readonly operations: StripeOperations,
    private readonly customers: Customers,
  ) {
    operations.handle(createSetupSession);
    operations.handle(detachCard);
  }

  /** Somebody's saved cards, the newest first. */
  async list(userId: string): Promise<Card[]> {
    const customer = await this.customers.find(userId);
    if (!customer) return [];
    const { stripeCustomerId, defaultCardId } = customer;
    const { data } = await reached(() =>
      this.stripe.paymentMethods.list({ customer: stripeCustomerId, type: 'card', limit: MOST_CARDS }),
    );
    return data.flatMap((method) => cardOf(method, defaultCardId ?? null) ?? []);
  }

  /**
   * How somebody pays: on a page, or with the card that is named, their default one, or one that their form takes.
   *
   * @throws Refusal NOT_FOUND when the card that is named is not theirs
   */
  async wayToPay(
    userId: string,
    page: Page | null,
    cardId: string | null | undefined,
  ): Promise<{ customerId: string; way: Way }> {
    const { stripeCustomerId: customerId, defaultCardId } = await reached(() => this.customers.ensure(userId));
    if (page) return { customerId, way: { method: 'CHECKOUT', ...page } };
    if (cardId) await this.assertOwn(customerId, cardId);
    // Stripe may have lost the default one since.
    const known = defaultCardId && (await this.isOwn(customerId, defaultCardId)) ? defaultCardId : null;
    return { customerId, way: { method: 'INTENT', cardId: cardId ?? known } };
  }

  /** Opens a page of Stripe on which somebody saves a card. @returns its address */
  async save(userId: string, page: Page & Pick<SetupInput, 'currency'>): Promise<string> {
    const { stripeCustomerId: customerId } = await reached(() => this.customers.ensure(userId));
    const subjectId = newId();
    const operationId = await transaction(this.em, (tx) =>
      this.operations.begin(tx, SETUP, { subjectId, input: { ...page, customerId, userId } }, { inRequest: true }),
    );
    await reached(() => this.operations.run(operationId));
    return reached(async () => {
      for await (const { url, metadata } of this.stripe.checkout.sessions.list({ customer: customerId, limit: 10 })) {
        if (url && metadata?.['operationId'] === operationId) return url;
      }
      throw new Error(`Stripe made no page for operation ${operationId}`);
    });
  }

  /** Uses a card from now on when none is named. @throws Refusal NOT_FOUND */
  async setDefault(userId: string, cardId: string): Promise<void> {
    const customer = await this.customers.find(userId);
    await this.assertOwn(customer?.stripeCustomerId ?? null, cardId);
    await transaction(this.em, async (tx) => {
      (await lockCustomer(tx, userId)).defaultCardId = cardId;
    });
  }

  /** Forgets a card for good. @throws Refusal NOT_FOUND */
  async remove(userId: string, cardId: string): Promise<void> {
    const customer = await this.customers.find(userId);
    await this.assertOwn(customer?.stripeCustomerId ?? null, cardId);
    const operationId = await transaction(this.em, (tx) =>
      this.operations.begin(tx, DETACH, { subjectId: userId, input: { cardId } }, { inRequest: true }),
    );
    await reached(() => this.operations.run(operationId));
  }

  private async assertOwn(customerId: string | null, cardId: string): Promise<void> {
    if (await this.isOwn(customerId, cardId)) return;
    throw new Refusal<PaymentErrorCode>('NOT_FOUND', ['input', 'cardId']);
  }

  private async isOwn(customerId: string | null, cardId: string): Promise<boolean> {
    const method = customerId ? await reached(() => this.find(cardId)) : null;
    return method !== null && method.customer === customerId;
  }

  private async find(cardId: string): Promise<Stripe.PaymentMethod | null> {
    try {
      return await this.stripe.paymentMethods.retrieve(cardId);
    } catch (error) {
      if (error instanceof Stripe.errors.StripeInvalidRequestError) return null;
      throw error;
    }
  }
}

function cardOf({ id, card }: Stripe.PaymentMethod, defaultCardId: string | null): Card | null {
  if (!card) return null;
  const { brand, last4, exp_month: expiryMonth, exp_year: expiryYear } = card;
  return { id, brand, last4, expiryMonth, expiryYear, isDefault: id === defaultCardId };
}

const createSetupSession: OperationHandler<SetupInput, Stripe.Checkout.Session> = {
  kind: SETUP,
  call: (stripe, { customerId, userId, currency, successUrl, cancelUrl, locale }, options) =>
    stripe.checkout.sessions.create(
      {
        mode: 'setup',
        customer: customerId,
        currency: currency.toLowerCase(),
        success_url: successUrl,
        cancel_url: cancelUrl,
        locale,
        metadata: { userId, operationId: options.idempotencyKey },
      },
      options,
    ),
  async find(stripe, { customerId }, operationId) {
    for await (const session of stripe.checkout.sessions.list({ customer: customerId, limit: 100 })) {
      if (session.metadata?.['operationId'] === operationId) return session;
    }
    return null;
  },
  // Whoever asked for the page finds it at Stripe, and the card that is saved there.
  done: async () => {},
  refused: async () => {},
};

const detachCard: OperationHandler<DetachInput, Stripe.PaymentMethod> = {
  kind: DETACH,
  call: (stripe, { cardId }, options) => stripe.paymentMethods.detach(cardId, {}, options),
  async find(stripe, { cardId }) {
    const method = await stripe.paymentMethods.retrieve(cardId);
    return method.customer === null ? method : null;
  },
  async done(tx, userId, { id }) {
    await tx.nativeUpdate(Customer, { userId, defaultCardId: id }, { defaultCardId: null });
  },
  // It was detached already, which is what was wanted.
  refused: async () => {},
};
