import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { MessagingError } from '../errors.js';
import type { Device } from './device.entity.js';
import type { DeviceService } from './device.service.js';
import {
  DevicePayload,
  DeviceTopicInput,
  DeviceType,
  RegisterDeviceInput,
  UnregisterDeviceInput,
  UnregisterDevicePayload,
} from './device.types.js';

const HOUR = 60 * 60;

/** Devices that take pushes. */
@Resolver()
export class DeviceResolver {
  constructor(private readonly devices: DeviceService) {}

  @SignedIn()
  @Query(() => [DeviceType], {
    nullable: true,
    description: 'Your devices that get pushes, at most 20, those seen last first.',
  })
  async myDevices(@Ctx() context: RequestContext): Promise<DeviceType[]> {
    return (await this.devices.list(context)).map((device) => shapeDevice(context, device));
  }

  @SignedIn()
  @Query(() => String, {
    nullable: true,
    description:
      'The `applicationServerKey` with which a browser subscribes to pushes, base64url; null where there is no Web Push.',
  })
  webPushPublicKey(): string | null {
    return this.devices.webPushKey();
  }

  @SignedIn()
  @Limited({ viewer: { points: 60, seconds: HOUR } })
  @Mutation(() => DevicePayload, {
    nullable: true,
    description:
      'Has a device get your pushes. Call it at each start of the app: it may be repeated, and tokens change. Whoever registers a device last gets its pushes; the end of the session ends them. Of more than 20 devices the one goes that was not seen for longest.',
  })
  registerDevice(
    @Arg('input', () => RegisterDeviceInput, { description: 'The device.' }) input: RegisterDeviceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({
      device: shapeDevice(context, await this.devices.register(context, input)),
    }));
  }

  @SignedIn()
  @Mutation(() => UnregisterDevicePayload, {
    nullable: true,
    description: 'Has a device of yours get no pushes any more. May be repeated.',
  })
  unregisterDevice(
    @Arg('input', () => UnregisterDeviceInput, { description: 'Which device.' }) input: UnregisterDeviceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => {
      await this.devices.unregister(context, input.deviceId);
      return { accepted: true };
    });
  }

  @SignedIn()
  @Limited({ viewer: { points: 300, seconds: HOUR } })
  @Mutation(() => DevicePayload, {
    nullable: true,
    description: 'Has a device of yours get what is sent to a push topic, of which it may have 50. May be repeated.',
  })
  subscribeToTopic(
    @Arg('input', () => DeviceTopicInput, { description: 'Which device, and the topic.' }) input: DeviceTopicInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({
      device: shapeDevice(context, await this.devices.subscribe(context, input)),
    }));
  }

  @SignedIn()
  @Mutation(() => DevicePayload, {
    nullable: true,
    description: 'Has a device of yours get nothing any more that is sent to a push topic. May be repeated.',
  })
  unsubscribeFromTopic(
    @Arg('input', () => DeviceTopicInput, { description: 'Which device, and the topic.' }) input: DeviceTopicInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({
      device: shapeDevice(context, await this.devices.unsubscribe(context, input)),
    }));
  }
}

function shapeDevice({ user }: RequestContext, device: Device): DeviceType {
  const { id, platform, topics, sessionId, createdAt, lastSeenAt } = device;
  return { id, platform, topics, isCurrent: sessionId === user.sessionId, createdAt, lastSeenAt };
}
