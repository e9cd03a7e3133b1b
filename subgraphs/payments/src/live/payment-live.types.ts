import { Field, ObjectType } from 'type-graphql';
import { PaymentType } from '../payments/payment.types.js';

@ObjectType({ simpleResolvers: true, description: 'A payment changed.' })
export class PaymentChangedEvent {
  @Field(() => String, {
    description: 'How far the stream has come: pass it as `after` to go on from here without a gap.',
  })
  declare cursor: string;

  @Field(() => PaymentType, {
    nullable: true,
    description: 'The payment as it is now; null when the message only tells the cursor, as the first one does.',
  })
  declare payment: PaymentType | null;
}
