import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type Stripe from 'stripe';
import { z } from 'zod';
import type { Tutors } from '../marketplace/tutors.js';
import type { PayoutErrorCode } from '../payouts/payout-errors.js';
import type { ReturnUrls } from '../return-urls.js';
import { pendingOperation } from '../stripe/pending-operations.js';
import { reached } from '../stripe/reached.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { PayoutAccount } from './payout-account.entity.js';
import { lockTutor } from './payout-account.repository.js';
import { type AccountInput, CREATE_ACCOUNT } from './payout-account.stripe.js';

const newAccount = z.object({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullish(),
});

/** An account that Stripe has opened. */
type OpenAccount = PayoutAccount & { stripeAccountId: string };

/** Where tutors are paid. */
export class PayoutAccountService {
  /** @param country where people are paid who name no other */
  constructor(
    private readonly stripe: Stripe,
    private readonly operations: StripeOperations,
    private readonly tutors: Tutors,
    private readonly urls: ReturnUrls,
    private readonly country: string,
  ) {}

  /** The viewer's own account; null without one. */
  async own(context: RequestContext): Promise<PayoutAccount | null> {
    const account = await context.em.findOne(PayoutAccount, { userId: context.user.userId });
    return account?.stripeAccountId ? account : null;
  }

  /** Opens the viewer's account, or gives the one that there is. @throws Refusal TUTOR_PROFILE_REQUIRED, COUNTRY_NOT_SUPPORTED */
  async create(context: RequestContext, input: unknown): Promise<PayoutAccount> {
    const { country } = accept(newAccount, input, context.locale);
    const { userId } = context.user;
    const tutorId = await this.tutors.required(context.em, userId);
    const begun = await transaction(context.em, (tx) =>
      this.begin(tx, { tutorId, userId, country: country ?? this.country }),
    );
    if (begun) await reached(() => this.operations.run(begun));
    const account = await context.em.fork().findOne(PayoutAccount, { tutorId });
    if (!account?.stripeAccountId) throw new Refusal<PayoutErrorCode>('COUNTRY_NOT_SUPPORTED', ['input', 'country']);
    return account;
  }

  /** A page where Stripe asks for what it wants to know. @throws Refusal PAYOUT_ACCOUNT_REQUIRED, INVALID_RETURN_URL */
  async onboardingLink(
    context: RequestContext,
    { returnUrl, refreshUrl }: { returnUrl: string; refreshUrl: string },
  ): Promise<{ url: string; expiresAt: Date }> {
    this.urls.accept({ returnUrl, refreshUrl });
    const { stripeAccountId: account } = await this.required(context);
    // Links are for once and change nothing: there is nothing to go on with after a crash.
    const urls = { return_url: returnUrl, refresh_url: refreshUrl };
    const link = await reached(() => this.stripe.accountLinks.create({ account, type: 'account_onboarding', ...urls }));
    return { url: link.url, expiresAt: new Date(link.expires_at * 1_000) };
  }

  /** The viewer's dashboard at Stripe. @throws Refusal PAYOUT_ACCOUNT_REQUIRED, PAYOUT_ACCOUNT_INCOMPLETE */
  async dashboardLink(context: RequestContext): Promise<{ url: string }> {
    const { stripeAccountId, detailsSubmitted } = await this.required(context);
    if (!detailsSubmitted) throw new Refusal<PayoutErrorCode>('PAYOUT_ACCOUNT_INCOMPLETE');
    const { url } = await reached(() => this.stripe.accounts.createLoginLink(stripeAccountId));
    return { url };
  }

  private async required(context: RequestContext): Promise<OpenAccount> {
    const account = await this.own(context);
    if (!isOpen(account)) throw new Refusal<PayoutErrorCode>('PAYOUT_ACCOUNT_REQUIRED');
    return account;
  }

  /** @returns the operation that opens it; null when it is open */
  private async begin(
    tx: EntityManager,
    { tutorId, userId, country }: { tutorId: string; userId: string; country: string },
  ): Promise<string | null> {
    const known = await lockTutor(tx, tutorId);
    if (known?.stripeAccountId) return null;
    const pending = await pendingOperation(tx, tutorId, [CREATE_ACCOUNT]);
    if (known && pending) return pending;
    const now = new Date();
    tx.create(PayoutAccount, {
      ...{ tutorId, userId, country, createdAt: now, updatedAt: now },
      ...{ detailsSubmitted: false, transfersEnabled: false, payoutsEnabled: false, requirementsDue: [] },
    });
    const input: AccountInput = { tutorId, country, since: Math.floor(now.getTime() / 1_000) - 3_600 };
    return this.operations.begin(tx, CREATE_ACCOUNT, { subjectId: tutorId, input }, { inRequest: true });
  }
}

function isOpen(account: PayoutAccount | null): account is OpenAccount {
  return typeof account?.stripeAccountId === 'string';
}
