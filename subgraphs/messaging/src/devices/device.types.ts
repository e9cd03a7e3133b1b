import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { MessagingError } from '../errors.js';
import { type DevicePlatform, devicePlatforms } from './device.rules.js';

const DevicePlatformEnum = enumOf(devicePlatforms);
registerEnumType(DevicePlatformEnum, {
  name: 'DevicePlatform',
  description: 'Where an app runs that takes pushes.',
  valuesConfig: {
    ANDROID: { description: 'An Android app, by Firebase.' },
    IOS: { description: 'An iOS app, by Firebase.' },
    WEB: { description: 'A browser, by Web Push.' },
  },
});

@ObjectType('Device', { simpleResolvers: true, description: 'An app or browser of yours that takes pushes.' })
export class DeviceType {
  @Field(() => ID, { description: 'Identity of the device.' })
  declare id: string;

  @Field(() => DevicePlatformEnum, { description: 'Where it runs.' })
  declare platform: DevicePlatform;

  @Field(() => [String], { description: 'Push topics that it listens to, in order of the alphabet.' })
  declare topics: string[];

  @Field(() => Boolean, { description: 'Was it registered by the session that asks?' })
  declare isCurrent: boolean;

  @Field(() => DateTime, { description: 'When it was first registered.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When it was registered last; after 270 days it is forgotten.' })
  declare lastSeenAt: Date;
}

@InputType({ description: 'The keys of a Web Push subscription.' })
export class WebPushKeysInput {
  @Field(() => String, { description: 'The public key of the browser, `getKey("p256dh")` in base64url.' })
  declare p256dh: string;

  @Field(() => String, { description: 'The secret of the subscription, `getKey("auth")` in base64url.' })
  declare auth: string;
}

@InputType({ description: 'A device that is to get pushes.' })
export class RegisterDeviceInput {
  @Field(() => DevicePlatformEnum, { description: 'Where the app runs.' })
  declare platform: DevicePlatform;

  @Field(() => String, {
    description:
      "Firebase's registration token; of a browser the `endpoint` of its PushSubscription, which is an https: address.",
  })
  declare token: string;

  @Field(() => WebPushKeysInput, { nullable: true, description: 'The keys of a browser; none for the others.' })
  declare keys?: WebPushKeysInput | null;
}

@InputType({ description: 'A device that is to get no pushes any more.' })
export class UnregisterDeviceInput {
  @Field(() => ID, { description: 'Which of your devices.' })
  declare deviceId: string;
}

@InputType({ description: 'A topic for one of your devices.' })
export class DeviceTopicInput {
  @Field(() => ID, { description: 'Which of your devices.' })
  declare deviceId: string;

  @Field(() => String, {
    description: 'The topic: 1 to 50 lower case letters, digits and dashes, such as `new-courses`.',
  })
  declare topic: string;
}

@ObjectType({ simpleResolvers: true, description: 'Your device as it is now.' })
export class DevicePayload {
  @Field(() => DeviceType, { nullable: true, description: 'The device; null when it was refused.' })
  declare device?: DeviceType | null;

  @Field(() => [MessagingError], { description: 'Why it was refused: INVALID_INPUT, NOT_FOUND, TOO_MANY_TOPICS.' })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'The answer to removing a device.' })
export class UnregisterDevicePayload {
  @Field(() => Boolean, { nullable: true, description: 'True: it gets no pushes, also when it got none before.' })
  declare accepted?: boolean | null;

  @Field(() => [MessagingError], { description: 'Always empty: removing a device cannot fail, also when repeated.' })
  declare userErrors: MessagingError[];
}
