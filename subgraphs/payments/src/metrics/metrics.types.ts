import { CalendarDate, CurrencyCode, DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ObjectType } from 'type-graphql';

@Directive('@key(fields: "from to")')
@ObjectType('PlatformMetrics', {
  simpleResolvers: true,
  description: 'Figures of the platform in a span of time, from every part of it; for staff.',
})
export class PlatformMetrics {
  @Field(() => DateTime, { description: 'Beginning of the span, inclusive.' })
  declare from: Date;

  @Field(() => DateTime, { description: 'End of the span, exclusive.' })
  declare to: Date;
}

@Directive('@key(fields: "from to")')
@ObjectType('ProfitReport', {
  simpleResolvers: true,
  description: 'What the school earned and cost in a span of days, by UTC; what it cost comes from learning.',
})
export class ProfitReport {
  @Field(() => CalendarDate, { description: 'The first day.' })
  declare from: string;

  @Field(() => CalendarDate, { description: 'The last day.' })
  declare to: string;
}

@ObjectType('MoneyOfDay', {
  simpleResolvers: true,
  description: 'What money of one currency did on one day, by UTC.',
})
export class MoneyOfDay {
  @Field(() => CalendarDate, { description: 'Which day.' })
  declare date: string;

  @Field(() => CurrencyCode, { description: 'Which currency.' })
  declare currency: string;
}

@ObjectType('ProfitOfMonth', {
  simpleResolvers: true,
  description: 'What the platform earned and spent in one currency in one month, by UTC and by the ledger.',
})
export class ProfitOfMonth {
  @Field(() => CalendarDate, { description: 'The first day of the month.' })
  declare month: string;

  @Field(() => CurrencyCode, { description: 'Which currency.' })
  declare currency: string;
}
