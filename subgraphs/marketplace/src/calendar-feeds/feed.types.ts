import { Url } from '@tutorgraph/kit/graphql/scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description:
    'Your lessons and interviews as a calendar that Google Calendar, Outlook, Apple Calendar and others can subscribe to.',
})
export class CalendarFeed {
  @Field(() => Url, {
    description:
      'Subscribe to it by URL. Whoever knows it sees when you have them: keep it to yourself, or get another with `resetCalendarFeed`.',
  })
  declare address: string;
}

@ObjectType({ simpleResolvers: true, description: 'Your feed at its new address.' })
export class ResetCalendarFeedPayload {
  @Field(() => CalendarFeed, { description: 'The feed; its old address finds nothing any longer.' })
  declare feed: CalendarFeed;
}
