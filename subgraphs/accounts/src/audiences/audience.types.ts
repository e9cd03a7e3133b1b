import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { ArgsType, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Role } from '../users/user.types.js';

/** Whom something is for; conditions add up. */
@ArgsType()
export class AudienceArguments {
  @Field(() => Role, { nullable: true, description: 'Only people of this role.' })
  role?: keyof typeof Role | null;

  @Field(() => String, { nullable: true, description: 'Only people who read this language, such as `ru`.' })
  locale?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only accounts opened at this moment or later.' })
  registeredAfter?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only accounts opened before this moment.' })
  registeredBefore?: Date | null;

  @Field(() => Int, { nullable: true, description: 'Only people who have not been here for so many days.' })
  inactiveSinceDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Only people whose address is proven, or only the others.' })
  emailVerified?: boolean | null;
}

/** Which page of an audience. */
@ArgsType()
export class AudiencePageArguments extends AudienceArguments {
  @Field(() => Int, { description: 'How many at most, 1 to 1,000.' })
  declare first: number;

  @Field(() => ID, { nullable: true, description: 'Only those after this account, the last one of a page.' })
  after?: string | null;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true, description: 'Somebody whom something is for; for our services only.' })
export class AudienceMember {
  @Field(() => ID, { description: 'Their account.' })
  declare id: string;

  @Field(() => String, { description: 'Where their clock hangs, an IANA name.' })
  declare timeZone: string;
}
