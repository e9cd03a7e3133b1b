import { GraphQLScalarType } from 'graphql';
import {
  GraphQLCurrency,
  GraphQLDate,
  GraphQLDateTimeISO,
  GraphQLEmailAddress,
  GraphQLSafeInt,
  GraphQLTimeZone,
  GraphQLURL,
} from 'graphql-scalars';

/** A moment, ISO 8601 with an offset; `Date` in code. */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'A moment, ISO 8601 in UTC, such as 2026-11-21T10:15:30.000Z.',
});
/** A calendar date, `YYYY-MM-DD`. */
export const CalendarDate = GraphQLDate;
/** An IANA time zone, such as Europe/Moscow. */
export const TimeZone = GraphQLTimeZone;
/** An absolute URL. */
export const Url = GraphQLURL;
/** An email address. */
export const EmailAddress = GraphQLEmailAddress;
/** An integer that a double holds exactly. */
export const SafeIntAmount = GraphQLSafeInt;
/** An ISO 4217 code. */
export const CurrencyCode = GraphQLCurrency;
