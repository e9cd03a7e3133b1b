import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Money } from '@tutorgraph/kit/graphql/money';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PaymentsCore } from '../core.js';
import type { Tutors } from '../marketplace/tutors.js';
import { lockTutor } from '../payout-accounts/payout-account.repository.js';
import type { ReturnUrls } from '../return-urls.js';
import { pendingOperation } from '../stripe/pending-operations.js';
import { reached } from '../stripe/reached.js';
import { CHANGE_PREMIUM, type ChangePremiumInput, OPEN_PREMIUM, type OpenPremiumInput } from './premium.operations.js';
import { currentMembership, lastMembership, lockMembership } from './premium.repository.js';
import { PREMIUM_DAYS } from './premium.rules.js';
import type { ActivatePremiumInput, PremiumErrorCode, PremiumOfferType } from './premium.types.js';
import { PremiumMembership } from './premium-membership.entity.js';

/** Who wants to be premium. */
interface Buyer extends ActivatePremiumInput {
  tutorId: string;
  userId: string;
  /** Stripe's customer. */
  customer: string;
}
/** A membership, and the call that opens its page if one has to be made. */
interface Opened {
  id: string;
  operationId: string | null;
}

/** Premium memberships of tutors, as they see and change them. */
export class PremiumService {
  private readonly price: Money;

  constructor(
    private readonly core: PaymentsCore,
    private readonly tutors: Tutors,
    private readonly urls: ReturnUrls,
  ) {
    const { PREMIUM_PRICE_MINOR: amountMinor, DEFAULT_CURRENCY: currency } = core.environment;
    this.price = { amountMinor, currency };
  }

  /** What premium costs. */
  offer(): PremiumOfferType {
    return { price: this.price, days: PREMIUM_DAYS };
  }

  /** The viewer's membership, or the last one that has ended; null when there was never one. */
  async own({ em, user }: RequestContext): Promise<PremiumMembership | null> {
    return (await currentMembership(em, user.userId)) ?? (await lastMembership(em, user.userId));
  }

  /**
   * Opens the page where the viewer pays for premium, or gives the one that is open.
   *
   * @throws Refusal TUTOR_PROFILE_REQUIRED, INVALID_RETURN_URL, ALREADY_PREMIUM, PREMIUM_REFUSED
   */
  async activate(context: RequestContext, input: ActivatePremiumInput): Promise<PremiumMembership> {
    const { successUrl, cancelUrl } = input;
    this.urls.accept({ successUrl, cancelUrl });
    const { userId } = context.user;
    const tutorId = await this.tutors.required(context.em, userId);
    const { stripeCustomerId: customer } = await reached(() => this.core.customers.ensure(userId));
    const expired = await reached(() => this.expiredSession(context, userId));
    const buyer = { tutorId, userId, customer, successUrl, cancelUrl };
    const { id, operationId } = await transaction(context.em, (tx) => this.open(tx, buyer, expired));
    if (operationId) await reached(() => this.core.operations.run(operationId));
    const membership = await context.em.fork().findOneOrFail(PremiumMembership, { id });
    if (membership.status === 'ENDED') throw refused('PREMIUM_REFUSED');
    return membership;
  }

  /** Lets the viewer's membership end with what is paid, or go on. @throws Refusal NOT_PREMIUM */
  async change(context: RequestContext, cancelAtPeriodEnd: boolean): Promise<PremiumMembership> {
    const { operations, sync } = this.core;
    const current = await currentMembership(context.em, context.user.userId);
    const begun = await transaction(context.em, async (tx) => {
      const membership = current && (await lockMembership(tx, current.id));
      const subscription = membership?.stripeSubscriptionId;
      const isPremium = membership?.status === 'ACTIVE' || membership?.status === 'PAST_DUE';
      if (!membership || !subscription || !isPremium) throw refused('NOT_PREMIUM');
      const input: ChangePremiumInput = { subscription, cancelAtPeriodEnd };
      const request = { subjectId: membership.id, input };
      const operationId = await operations.begin(tx, CHANGE_PREMIUM, request, { inRequest: true });
      return { id: membership.id, subscription, operationId };
    });
    await reached(() => operations.run(begun.operationId));
    await reached(() => sync.refresh('subscription', begun.subscription));
    return context.em.fork().findOneOrFail(PremiumMembership, { id: begun.id });
  }

  /** Of a membership that waits for its first payment, the page that is not good any more; takes over what was paid on it. */
  private async expiredSession({ em }: RequestContext, userId: string): Promise<string | null> {
    const current = await currentMembership(em.fork(), userId);
    if (current?.status !== 'INCOMPLETE' || !current.stripeSessionId) return null;
    const session = await this.core.stripe.checkout.sessions.retrieve(current.stripeSessionId);
    const { subscription, status } = session;
    if (subscription) {
      await this.core.sync.refresh('subscription', typeof subscription === 'string' ? subscription : subscription.id);
    }
    return status === 'expired' ? session.id : null;
  }

  private async open(tx: EntityManager, buyer: Buyer, expired: string | null): Promise<Opened> {
    const { tutorId, userId, ...asked } = buyer;
    await lockTutor(tx, tutorId);
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true };
    const current = await tx.findOne(PremiumMembership, { tutorId, status: { $ne: 'ENDED' } }, lock);
    if (current && current.status !== 'INCOMPLETE') throw refused('ALREADY_PREMIUM');
    if (current) {
      const { id, stripeSessionId } = current;
      const pending = await pendingOperation(tx, id, [OPEN_PREMIUM]);
      if (pending || (stripeSessionId && stripeSessionId !== expired)) return { id, operationId: pending };
    }
    const now = new Date();
    const { amountMinor: priceMinor, currency } = this.price;
    const { id } =
      current ??
      tx.create(PremiumMembership, {
        ...{ id: newId(), tutorId, userId, status: 'INCOMPLETE', priceMinor, currency },
        ...{ cancelAtPeriodEnd: false, createdAt: now, updatedAt: now },
      });
    const price = { amount: priceMinor, currency: currency.toLowerCase() };
    const input: OpenPremiumInput = { ...asked, ...price, membershipId: id };
    const request = { subjectId: id, input };
    return { id, operationId: await this.core.operations.begin(tx, OPEN_PREMIUM, request, { inRequest: true }) };
  }
}

function refused(code: PremiumErrorCode): Refusal<PremiumErrorCode> {
  return new Refusal(code);
}
