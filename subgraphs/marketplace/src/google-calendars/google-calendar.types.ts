import { DateTime, Url } from '@tutorgraph/kit/graphql/scalars';
import { Field, InputType, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description:
    'The way to Google and back: open `address`, and give `connectGoogleCalendar` the ticket with which the person comes back.',
})
export class GoogleCalendarConsent {
  @Field(() => Url, { description: 'Google’s page of consent, to be opened in a browser by the person alone.' })
  declare address: string;

  @Field(() => DateTime, { description: 'Until when the person has to be back; then ask for another address.' })
  declare expiresAt: Date;
}

@InputType({ description: 'A Google calendar to connect.' })
export class ConnectGoogleCalendarInput {
  @Field(() => String, {
    description:
      'The `ticket` parameter with which the person came back from Google. Only who asked for the consent can use it, once.',
  })
  declare ticket: string;
}
