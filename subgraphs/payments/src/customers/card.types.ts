import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PaymentError } from '../payments/payment.errors.js';

@ObjectType('Card', { simpleResolvers: true, description: 'A card that Stripe keeps for you.' })
export class CardType {
  @Field(() => ID, { description: 'Identity of the card.' })
  declare id: string;

  @Field(() => String, { description: 'Such as visa or mastercard.' })
  declare brand: string;

  @Field(() => String, { description: 'The last four digits of its number.' })
  declare last4: string;

  @Field(() => Int, { description: 'The month after which it is not valid any longer, from 1 on.' })
  declare expiryMonth: number;

  @Field(() => Int, { description: 'The year of that month.' })
  declare expiryYear: number;

  @Field(() => Boolean, { description: 'Is it used when none is named?' })
  declare isDefault: boolean;
}

const CARDS = { nullable: true, description: 'Your saved cards now; null when it was refused.' };

@InputType({ description: 'Where the page for saving a card leads back to.' })
export class SaveCardInput {
  @Field(() => String, { description: 'When a card was saved.' })
  declare successUrl: string;

  @Field(() => String, { description: 'When none was.' })
  declare cancelUrl: string;
}

@ObjectType({ simpleResolvers: true, description: 'A page on which you save a card.' })
export class SaveCardPayload {
  @Field(() => String, { nullable: true, description: "Stripe's page; null when it was refused." })
  declare url?: string | null;

  @Field(() => [PaymentError], { description: 'What went wrong: INVALID_INPUT, INVALID_RETURN_URL.' })
  declare userErrors: PaymentError[];
}

@InputType({ description: 'A card to use when none is named.' })
export class SetDefaultCardInput {
  @Field(() => ID, { description: 'A saved card of yours.' })
  declare cardId: string;
}

@ObjectType({ simpleResolvers: true, description: 'Your cards, one of them the default.' })
export class SetDefaultCardPayload {
  @Field(() => [CardType], CARDS)
  declare cards?: CardType[] | null;

  @Field(() => [PaymentError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND.' })
  declare userErrors: PaymentError[];
}

@InputType({ description: 'A card to forget.' })
export class RemoveCardInput {
  @Field(() => ID, { description: 'A saved card of yours.' })
  declare cardId: string;
}

@ObjectType({ simpleResolvers: true, description: 'Your cards without the one that was removed.' })
export class RemoveCardPayload {
  @Field(() => [CardType], CARDS)
  declare cards?: CardType[] | null;

  @Field(() => [PaymentError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND.' })
  declare userErrors: PaymentError[];
}
