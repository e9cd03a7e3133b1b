import { Field, ObjectType } from 'type-graphql';
import { BookingType } from '../bookings/booking.types.js';

@ObjectType({ simpleResolvers: true, description: 'A booking changed.' })
export class BookingChangedEvent {
  @Field(() => String, {
    description: 'How far the stream has come: pass it as `after` to go on from here without a gap.',
  })
  declare cursor: string;

  @Field(() => BookingType, {
    nullable: true,
    description: 'The booking as it is now; null when the message only tells the cursor, as the first one does.',
  })
  declare booking: BookingType | null;
}
