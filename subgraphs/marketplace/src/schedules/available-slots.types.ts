import { ListSize } from '@tutorgraph/kit/graphql/cost';
import { CalendarDate, DateTime, TimeZone } from '@tutorgraph/kit/graphql/scalars';
import { Field, ObjectType } from 'type-graphql';
import { SlotType } from './slot.types.js';

@ObjectType({ simpleResolvers: true, description: 'Free slots of one day.' })
export class SlotDay {
  @Field(() => CalendarDate, { description: 'The day, by the calendar of the time zone that was asked for.' })
  declare date: string;

  @Field(() => [SlotType], {
    description: 'Its slots, in their order; they may overlap, and booking one takes others.',
  })
  declare slots: SlotType[];
}

@ObjectType({
  simpleResolvers: true,
  description:
    'A calendar of another service that cannot be read at present, or was not for a day: what stands in it could not keep slots out.',
})
export class UnreadableCalendarNotice {
  @Field(() => Boolean, { description: "True when it is yours, false when it is the tutor's." })
  declare isYours: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When it was read for the last time; null when it never was.' })
  declare lastReadAt: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'When lessons with a tutor can be booked.' })
export class AvailableSlots {
  @Field(() => TimeZone, { description: 'The time zone that was asked for.' })
  declare timeZone: string;

  @ListSize(14)
  @Field(() => [SlotDay], { description: 'The days that have slots, in their order.' })
  declare days: SlotDay[];

  @Field(() => [UnreadableCalendarNotice], {
    description: 'Calendars that could not be looked into; with any, a slot may turn out to be taken elsewhere.',
  })
  declare unreadableCalendars: UnreadableCalendarNotice[];
}
