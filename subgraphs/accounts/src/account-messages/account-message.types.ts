import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Locale } from '../users/user.types.js';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true, description: 'A code that is to be sent; for our services only.' })
export class CodeMessage {
  @Field(() => ID, { description: 'Whose code it is.' })
  declare userId: string;

  @Field(() => String, { description: 'The mail address or the phone number that it proves.' })
  declare recipient: string;

  @Field(() => String, { description: 'EMAIL, PHONE or PASSWORD; of a phone it goes as a text message, else by mail.' })
  declare purpose: string;

  @Field(() => String, { description: 'The four digits: a secret.' })
  declare code: string;

  @Field(() => Int, { description: 'For how many minutes it is good from when it was asked for.' })
  declare minutes: number;

  @Field(() => Locale, { description: 'The language to write in.' })
  declare locale: string;
}

@Directive('@inaccessible')
@ObjectType({
  simpleResolvers: true,
  description: 'What happened to an account, of which its owner is to be told by mail; for our services only.',
})
export class NoticeMessage {
  @Field(() => ID, { description: 'Whose account it is.' })
  declare userId: string;

  @Field(() => String, { description: 'The mail address; of a changed one that from before.' })
  declare recipient: string;

  @Field(() => String, { description: 'What happened, as in the event notice.requested.' })
  declare notice: string;

  @Field(() => Locale, { description: 'The language to write in.' })
  declare locale: string;
}
