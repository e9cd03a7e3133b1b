import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import { pageLocale } from '../payments/payment-way.js';
import type { ReturnUrls } from '../return-urls.js';
import type { Card, Cards } from './cards.js';

const page = z.object({ successUrl: z.string(), cancelUrl: z.string() });
const cardReference = z.object({ cardId: z.string().regex(/^[\w-]{1,255}$/) });

/** Saved cards of the viewer. */
export class CardService {
  constructor(
    private readonly cards: Cards,
    private readonly returnUrls: ReturnUrls,
    private readonly currency: string,
  ) {}

  own(context: RequestContext): Promise<Card[]> {
    return this.cards.list(context.user.userId);
  }

  /** Opens a page on which a card is saved. @throws Refusal INVALID_RETURN_URL */
  save(context: RequestContext, input: unknown): Promise<string> {
    const urls = accept(page, input, context.locale);
    this.returnUrls.accept(urls);
    const { currency } = this;
    return this.cards.save(context.user.userId, { ...urls, currency, locale: pageLocale(context) });
  }

  /** @throws Refusal NOT_FOUND */
  async setDefault(context: RequestContext, input: unknown): Promise<Card[]> {
    const { cardId } = accept(cardReference, input, context.locale);
    await this.cards.setDefault(context.user.userId, cardId);
    return this.own(context);
  }

  /** @throws Refusal NOT_FOUND */
  async remove(context: RequestContext, input: unknown): Promise<Card[]> {
    const { cardId } = accept(cardReference, input, context.locale);
    await this.cards.remove(context.user.userId, cardId);
    return this.own(context);
  }
}
