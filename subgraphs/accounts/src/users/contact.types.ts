import { TimeZone } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Locale } from './user.types.js';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true, description: 'How somebody can be reached; for our services only.' })
export class UserContact {
  @Field(() => String, { description: 'First name and initial of the last name.' })
  declare displayName: string;

  @Field(() => String, { nullable: true, description: 'The mail address if it is proven.' })
  declare email: string | null;

  @Field(() => String, { nullable: true, description: 'The proven phone number, E.164.' })
  declare phone: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the account on Telegram, if it is linked.' })
  declare telegramId: string | null;

  @Field(() => Locale, { description: 'Language for messages.' })
  declare locale: string;

  @Field(() => TimeZone, { description: 'IANA time zone.' })
  declare timeZone: string;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true, description: 'Whose a proven address is; for our services only.' })
export class ProvenAddress {
  @Field(() => String, { description: 'The address, in lower case.' })
  declare email: string;

  @Field(() => ID, { description: 'Identity of the account.' })
  declare userId: string;
}
