import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { PaymentError } from '../payments/payment.errors.js';
import type { CardService } from './card.service.js';
import {
  CardType,
  RemoveCardInput,
  RemoveCardPayload,
  SaveCardInput,
  SaveCardPayload,
  SetDefaultCardInput,
  SetDefaultCardPayload,
} from './card.types.js';
import type { Card } from './cards.js';

// Each use asks Stripe.
const LIMITS = { viewer: { points: 60, seconds: 60 * 10 } };

/** Saved cards in the graph. */
@Resolver()
export class CardResolver {
  constructor(private readonly cards: CardService) {}

  @Requires('payments.purchases.make')
  @Limited(LIMITS)
  @Query(() => [CardType], { nullable: true, description: 'Your saved cards, the newest first.' })
  myCards(@Ctx() context: RequestContext): Promise<Card[]> {
    return this.cards.own(context);
  }

  @Requires('payments.purchases.make')
  @Limited(LIMITS)
  @Mutation(() => SaveCardPayload, {
    nullable: true,
    description: 'Opens a page of Stripe on which you save a card without paying.',
  })
  saveCard(
    @Arg('input', () => SaveCardInput, { description: 'Where it leads back to.' }) input: SaveCardInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PaymentError, async () => ({ url: await this.cards.save(context, input) }));
  }

  @Requires('payments.purchases.make')
  @Limited(LIMITS)
  @Mutation(() => SetDefaultCardPayload, { nullable: true, description: 'Uses a card of yours when none is named.' })
  setDefaultCard(
    @Arg('input', () => SetDefaultCardInput, { description: 'Which card.' }) input: SetDefaultCardInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PaymentError, async () => ({ cards: await this.cards.setDefault(context, input) }));
  }

  @Requires('payments.purchases.make')
  @Limited(LIMITS)
  @Mutation(() => RemoveCardPayload, { nullable: true, description: 'Forgets a card of yours for good.' })
  removeCard(
    @Arg('input', () => RemoveCardInput, { description: 'Which card.' }) input: RemoveCardInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PaymentError, async () => ({ cards: await this.cards.remove(context, input) }));
  }
}
