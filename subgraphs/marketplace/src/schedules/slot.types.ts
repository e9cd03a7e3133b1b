import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ObjectType } from 'type-graphql';
import type { TimeSpan } from './slot-finder.js';
import { localTime } from './zone-clock.js';

@ObjectType('Slot', { simpleResolvers: true, description: 'A time at which a lesson can be booked.' })
export class SlotType {
  @Field(() => DateTime, { description: 'When the lesson would begin.' })
  declare startsAt: Date;

  @Field(() => DateTime, { description: 'When it would end.' })
  declare endsAt: Date;

  @Field(() => String, {
    description:
      'What the clock shows at the beginning in the time zone that was asked for, with its offset, such as 2026-11-21T09:00:00+03:00. Where clocks go back, two slots differ in the offset alone.',
  })
  declare localStart: string;
}

/** A slot as it is shown to somebody in a time zone. */
export function shownSlot({ startsAt, endsAt }: TimeSpan, timeZone: string): SlotType {
  return { startsAt, endsAt, localStart: localTime(startsAt, timeZone) };
}
