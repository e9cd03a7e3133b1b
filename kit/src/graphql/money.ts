import 'reflect-metadata';
import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { CurrencyCode, SafeIntAmount } from './scalars.js';

/** An amount of money. Never a float: minor units of its currency. */
@Directive('@shareable')
@ObjectType('Money', { simpleResolvers: true, description: 'An amount of money in one currency.' })
export class Money {
  @Field(() => SafeIntAmount, {
    description: 'The amount in minor units of the currency: 2550 is 25.50 EUR, and 2550 JPY is 2550 yen.',
  })
  declare amountMinor: number;

  @Field(() => CurrencyCode, { description: 'ISO 4217 code of the currency, such as EUR.' })
  declare currency: string;
}

/** An amount of money that a client sends. */
@InputType('MoneyInput', { description: 'An amount of money in one currency.' })
export class MoneyInput {
  @Field(() => SafeIntAmount, {
    description: 'The amount in minor units of the currency: 2550 is 25.50 EUR, and 2550 JPY is 2550 yen.',
  })
  declare amountMinor: number;

  @Field(() => CurrencyCode, { description: 'ISO 4217 code of the currency, such as EUR.' })
  declare currency: string;
}

/** The largest amount that one lesson or budget may name, in minor units. */
const MOST_MINOR = 1_000_000_000;

/** Rules for a price or budget that a client sends: positive and bounded. */
export const moneyRules = z.object({
  amountMinor: z.number().int().min(1).max(MOST_MINOR),
  currency: z.string().length(3),
});
