import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import {
  type CalendarFailure,
  type CalendarKind,
  type CalendarStatus,
  calendarFailures,
  calendarKinds,
  calendarStatuses,
} from './external-calendar.rules.js';

const CalendarKindEnum = enumOf(calendarKinds);
registerEnumType(CalendarKindEnum, {
  name: 'CalendarKind',
  description: 'Where a connected calendar comes from.',
  valuesConfig: {
    ICS: { description: 'An iCalendar address of Google, Outlook, Apple or any other calendar; read only.' },
    GOOGLE: { description: 'A Google account that gave its consent; lessons are written into it too.' },
  },
});

const CalendarStatusEnum = enumOf(calendarStatuses);
registerEnumType(CalendarStatusEnum, {
  name: 'CalendarStatus',
  description: 'Whether a connected calendar can be read.',
  valuesConfig: {
    PENDING: { description: 'It is about to be read for the first time.' },
    READABLE: { description: 'It could be read; see `lastReadAt`.' },
    UNREADABLE: {
      description: 'It cannot be read; see `failure`. What it said last keeps its times busy for 24 hours more.',
    },
  },
});

const CalendarFailureEnum = enumOf(calendarFailures);
registerEnumType(CalendarFailureEnum, {
  name: 'CalendarFailure',
  description: 'Why a connected calendar cannot be read.',
  valuesConfig: {
    ADDRESS_NOT_PUBLIC: { description: 'Its address does not lead to a server on the public internet over HTTPS.' },
    UNREACHABLE: { description: 'Its server does not answer.' },
    TOO_SLOW: { description: 'Its server takes too long.' },
    TOO_LARGE: { description: 'It is larger than 5 MB or repeats itself too often.' },
    TOO_MANY_REDIRECTS: { description: 'Its server sends us from one address to the next.' },
    REFUSED: { description: 'Its server does not give it: the address may have been reset. Connect the new one.' },
    NOT_A_CALENDAR: { description: 'What is there is no iCalendar document. Copy the address that ends in .ics.' },
    CONSENT_WITHDRAWN: { description: 'The account does not let us in any longer. Connect it again.' },
  },
});

@ObjectType('ExternalCalendar', {
  simpleResolvers: true,
  description: 'A calendar that you keep elsewhere: no lesson can be booked while it says that you are busy.',
})
export class ExternalCalendarType {
  @Field(() => ID, { description: 'Identity of the calendar.' })
  declare id: string;

  @Field(() => CalendarKindEnum, { description: 'Where it comes from.' })
  declare kind: CalendarKind;

  @Field(() => String, { description: 'What you call it.' })
  declare name: string;

  @Field(() => String, {
    description: 'The server that it is on; the rest of its address is a secret and never shown.',
  })
  declare host: string;

  @Field(() => CalendarStatusEnum, { description: 'Whether it can be read.' })
  declare status: CalendarStatus;

  @Field(() => CalendarFailureEnum, { nullable: true, description: 'Why it cannot be read; null while it can.' })
  declare failure: CalendarFailure | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when it cannot be read; null while it can.' })
  declare failingSince: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was read for the last time; null before the first.' })
  declare lastReadAt: Date | null;

  @Field(() => DateTime, { description: 'When you connected it.' })
  declare createdAt: Date;
}
