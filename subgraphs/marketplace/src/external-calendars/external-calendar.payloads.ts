import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { ExternalCalendarType } from './external-calendar.types.js';

/** Every expected failure around connected calendars. */
export const calendarErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'ADDRESS_NOT_SECURE',
  'ALREADY_CONNECTED',
  'TOO_MANY_CALENDARS',
  'GOOGLE_NOT_CONFIGURED',
  'CONSENT_EXPIRED',
  'CONSENT_INCOMPLETE',
  'GOOGLE_UNAVAILABLE',
] as const;
/** @see calendarErrorCodes */
export type CalendarErrorCode = (typeof calendarErrorCodes)[number];
const CalendarErrorCodes = enumOf(calendarErrorCodes);
registerEnumType(CalendarErrorCodes, {
  name: 'CalendarErrorCode',
  description: 'Expected failures around connected calendars.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'You have connected no such calendar.' },
    ADDRESS_NOT_SECURE: { description: 'The address must begin with https: or webcal:.' },
    ALREADY_CONNECTED: { description: 'You have connected this calendar before.' },
    TOO_MANY_CALENDARS: { description: 'One can connect five calendars; disconnect one first.' },
    GOOGLE_NOT_CONFIGURED: {
      description: 'This server has no client at Google; connect your calendar by its address.',
    },
    CONSENT_EXPIRED: {
      description:
        'The ticket is older than ten minutes, was used before, or is another person’s. Ask for consent again.',
    },
    CONSENT_INCOMPLETE: {
      description: 'You did not allow Google to let us see and change events. Ask for consent again.',
    },
    GOOGLE_UNAVAILABLE: { description: 'Google does not answer at present. Ask for consent again later.' },
  },
});

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'An expected failure around a connected calendar.',
})
export class CalendarError extends UserError {
  @Field(() => CalendarErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: CalendarErrorCode;
}

@InputType({ description: 'A calendar to connect.' })
export class ConnectCalendarInput {
  @Field(() => String, {
    description:
      'Its private iCalendar address, at most 2,000 characters: in Google "Secret address in iCal format", in Outlook "Publish a calendar", in iCloud "Public calendar".',
  })
  declare address: string;

  @Field(() => String, { description: 'What you call it, 1 to 100 characters.' })
  declare name: string;
}

@InputType({ description: 'A calendar of yours.' })
export class CalendarReferenceInput {
  @Field(() => ID, { description: 'Which calendar.' })
  declare calendarId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The calendar, or why it could not be connected.' })
export class ConnectCalendarPayload {
  @Field(() => ExternalCalendarType, { nullable: true, description: 'The calendar, about to be read.' })
  declare calendar?: ExternalCalendarType;

  @Field(() => [CalendarError], { description: 'What stood in the way; empty when nothing did.' })
  declare userErrors: CalendarError[];
}

@ObjectType({ simpleResolvers: true, description: 'The calendar, or why it could not be read anew.' })
export class RefreshCalendarPayload {
  @Field(() => ExternalCalendarType, { nullable: true, description: 'The calendar; it is read within moments.' })
  declare calendar?: ExternalCalendarType;

  @Field(() => [CalendarError], { description: 'What stood in the way; empty when nothing did.' })
  declare userErrors: CalendarError[];
}

@ObjectType({ simpleResolvers: true, description: 'What was forgotten, or why not.' })
export class DisconnectCalendarPayload {
  @Field(() => ID, { nullable: true, description: 'Identity that the calendar had; its times are free again.' })
  declare disconnectedCalendarId?: string;

  @Field(() => [CalendarError], { description: 'What stood in the way; empty when nothing did.' })
  declare userErrors: CalendarError[];
}
