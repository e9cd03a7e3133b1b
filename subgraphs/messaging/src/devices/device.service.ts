import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import type { MessagingErrorCode } from '../errors.js';
import { reference } from '../input.rules.js';
import type { Device } from './device.entity.js';
import {
  addTopic,
  deleteDevice,
  findDevice,
  findDevicesOf,
  lockDevicesOf,
  removeTopic,
  saveDevice,
  trimDevices,
} from './device.repository.js';
import { registration, tokenHashOf, topic } from './device.rules.js';

const topicOfDevice = z.object({ deviceId: reference, topic });

/** What Web Push needs to know here. */
export interface WebPushFacts {
  /** Undefined where there is no Web Push. */
  publicKey: string | undefined;
  /** Push services on our own network, each with its port. */
  allowedHosts: readonly string[];
}

/** Somebody's devices. */
export class DeviceService {
  constructor(private readonly webPush: WebPushFacts) {}

  /** What browsers subscribe with; null where they cannot. */
  webPushKey(): string | null {
    return this.webPush.publicKey ?? null;
  }

  /** The viewer's own, those seen last first. */
  list({ em, user }: RequestContext): Promise<Device[]> {
    return findDevicesOf(em, user.userId);
  }

  /**
   * Has a device get the viewer's pushes, whoever's it got before; repeating it keeps it alive.
   *
   * @throws Refusal INVALID_INPUT
   */
  async register(context: RequestContext, input: unknown): Promise<Device> {
    const { platform, token, keys } = accept(registration(this.webPush.allowedHosts), input, context.locale);
    const { userId, sessionId } = context.user;
    const { p256dh, auth } = keys ?? { p256dh: null, auth: null };
    const device = { id: newId(), userId, sessionId, platform, token, tokenHash: tokenHashOf(token), p256dh, auth };
    const id = await transaction(context.em, async (tx) => {
      await lockDevicesOf(tx, userId);
      const saved = await saveDevice(tx, { ...device, now: new Date() });
      await trimDevices(tx, userId);
      return saved;
    });
    return this.own(context, id);
  }

  /** Has a device get no pushes; one that the viewer does not have gets none of theirs anyway. */
  unregister({ em, user }: RequestContext, deviceId: string): Promise<void> {
    return deleteDevice(em, user.userId, deviceId);
  }

  /** Has a device listen to a topic; repeating it changes nothing. @throws Refusal INVALID_INPUT, NOT_FOUND, TOO_MANY_TOPICS */
  async subscribe(context: RequestContext, input: unknown): Promise<Device> {
    const wanted = accept(topicOfDevice, input, context.locale);
    const { id } = await this.own(context, wanted.deviceId);
    if (!(await addTopic(context.em, id, wanted.topic))) {
      throw new Refusal<MessagingErrorCode>('TOO_MANY_TOPICS', ['input', 'topic']);
    }
    return this.own(context, id);
  }

  /** Has a device listen to a topic no more; repeating it changes nothing. @throws Refusal INVALID_INPUT, NOT_FOUND */
  async unsubscribe(context: RequestContext, input: unknown): Promise<Device> {
    const wanted = accept(topicOfDevice, input, context.locale);
    const { id } = await this.own(context, wanted.deviceId);
    await removeTopic(context.em, id, wanted.topic);
    return this.own(context, id);
  }

  private async own({ em, user }: RequestContext, id: string): Promise<Device> {
    const device = await findDevice(em, user.userId, id);
    if (!device) throw new Refusal<MessagingErrorCode>('NOT_FOUND', ['input', 'deviceId']);
    return device;
  }
}
