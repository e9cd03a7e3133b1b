import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { type MeetingProviderName, meetingProviderNames } from './meeting.rules.js';

const MeetingProviderEnum = enumOf(meetingProviderNames);
registerEnumType(MeetingProviderEnum, {
  name: 'MeetingProvider',
  description: 'Whose video room it is.',
  valuesConfig: {
    GOOGLE_MEET: { description: 'Google Meet.' },
    ZOOM: { description: 'Zoom.' },
    JITSI: { description: 'A Jitsi server; it needs no account.' },
  },
});

@ObjectType('Meeting', { simpleResolvers: true, description: 'A video room.' })
export class MeetingType {
  @Field(() => Url, { description: 'Where one enters it; whoever has the link can.' })
  declare url: string;

  @Field(() => MeetingProviderEnum, { description: 'Whose room it is.' })
  declare provider: MeetingProviderName;
}

/** Every expected failure around video rooms. */
export const meetingErrorCodes = ['PROVIDER_NOT_CONFIGURED', 'ROOM_NOT_MADE', 'ROOM_NOT_REMOVED'] as const;
/** @see meetingErrorCodes */
export type MeetingErrorCode = (typeof meetingErrorCodes)[number];
const MeetingErrorCodes = enumOf(meetingErrorCodes);
registerEnumType(MeetingErrorCodes, {
  name: 'MeetingErrorCode',
  description: 'Expected failures around video rooms.',
  valuesConfig: {
    PROVIDER_NOT_CONFIGURED: { description: 'The settings have no keys of this provider.' },
    ROOM_NOT_MADE: { description: 'The provider made no room; see `detail`.' },
    ROOM_NOT_REMOVED: { description: 'The provider made a room but did not remove it; see `detail`.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around a video room.' })
export class MeetingError extends UserError {
  @Field(() => MeetingErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: MeetingErrorCode;

  @Field(() => String, {
    nullable: true,
    description:
      'What the provider answered, for whoever keeps the settings, such as "Zoom: CREDENTIALS, HTTP 401"; without secrets.',
  })
  declare detail?: string | null;
}

@InputType({ description: 'Which provider of video rooms to try.' })
export class TestMeetingInput {
  @Field(() => MeetingProviderEnum, {
    nullable: true,
    description: 'Which one; without it the one that makes the rooms of new lessons.',
  })
  declare provider?: MeetingProviderName | null;
}

@ObjectType({ simpleResolvers: true, description: 'How the provider did.' })
export class TestMeetingPayload {
  @Field(() => MeetingType, {
    nullable: true,
    description: 'The room that was made, and removed at once; null when it was not.',
  })
  declare meeting?: MeetingType | null;

  @Field(() => [MeetingError], {
    description: 'What went wrong: PROVIDER_NOT_CONFIGURED, ROOM_NOT_MADE, ROOM_NOT_REMOVED.',
  })
  declare userErrors: MeetingError[];
}
