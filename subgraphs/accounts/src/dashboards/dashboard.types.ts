import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserType } from '../users/user.types.js';
import { profileParts } from './dashboard.rules.js';

export const ProfilePart = enumOf(profileParts);
registerEnumType(ProfilePart, {
  name: 'ProfilePart',
  description: 'Something that makes an account complete.',
  valuesConfig: {
    VERIFIED_EMAIL: { description: 'A proven email address: requestEmailVerification, verifyEmail.' },
    PHONE: { description: 'A proven phone number: requestPhoneVerification, verifyPhone.' },
    AVATAR: { description: 'A picture: requestUpload, confirmUpload, setAvatar.' },
  },
});

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Dashboard', {
  simpleResolvers: true,
  description: 'What waits for the signed-in person, from every part of the platform; nobody sees that of another.',
})
export class Dashboard {
  @Field(() => ID, { description: 'Identity of the dashboard: that of its account.' })
  declare id: string;

  @Field(() => UserType, { description: 'Whose it is; you.' })
  declare user: UserType;

  @Field(() => Float, { description: 'How complete the account is, from 0 to 1.' })
  declare profileCompleteness: number;

  @Field(() => [ProfilePart], { description: 'What the account still lacks.' })
  declare missingProfileParts: (keyof typeof ProfilePart)[];
}

@Directive('@key(fields: "from to", resolvable: false)')
@ObjectType('PlatformMetrics', {
  simpleResolvers: true,
  description: 'Figures of the platform in a span of time, from every part of it; for staff.',
})
export class PlatformMetrics {
  @Field(() => DateTime, { description: 'Beginning of the span, inclusive.' })
  declare from: Date;

  @Field(() => DateTime, { description: 'End of the span, exclusive.' })
  declare to: Date;

  @Field(() => Int, {
    description:
      'Accounts at the end of the span that proved an address or came by Telegram; erased ones do not count.',
  })
  declare totalUsers: number;

  @Field(() => Int, { description: 'How many of them were opened within the span.' })
  declare newUsers: number;

  @Field(() => Int, { description: 'Tutors who were signed in on a day of the span (days in UTC).' })
  declare activeTutors: number;

  @Field(() => Int, { description: 'Students who were signed in on a day of the span (days in UTC).' })
  declare activeStudents: number;
}
